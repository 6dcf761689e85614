package dev.assay.scanjob.trivy;

import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Runs Trivy: an argument list, no shell, a clean environment, an empty working directory (Trivy
/// takes `trivy.yaml`, `.trivyignore` and `trivy-secret.yaml` from there). What it prints goes
/// nowhere: it may quote the scanned bytes.
public final class Trivy {
  /// What Trivy and Go's TLS and proxies need; `TRIVY_*` passes too, for what an administrator sets
  /// on the Job's template.
  private static final Set<String> PASSED =
      Set.of(
          "PATH",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "GOMAXPROCS",
          "GOMEMLIMIT");

  private static final int TAIL_BYTES = 8192;

  private final String binary;
  private final Map<String, String> variables;
  private final Path scratch;

  /// @param scratch an empty directory of ours that Trivy may fill
  public Trivy(String binary, Map<String, String> variables, Path scratch) {
    this.binary = binary;
    this.variables = variables;
    this.scratch = scratch;
  }

  /// @param left after which it is killed
  public void run(List<String> arguments, Duration left)
      throws IOException, StepFailure, InterruptedException {
    if (left.isNegative() || left.isZero()) {
      throw timeout();
    }
    var work = Files.createDirectories(scratch.resolve("cwd"));
    var said = scratch.resolve("stderr");
    var process = start(arguments, work, said);
    try {
      if (!process.waitFor(left.toMillis(), TimeUnit.MILLISECONDS)) {
        throw timeout();
      }
      if (process.exitValue() != 0) {
        throw TrivyError.of(tail(said), process.exitValue());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(List<String> arguments, Path work, Path said)
      throws IOException, StepFailure {
    var command = new ArrayList<String>();
    command.add(binary);
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new StepFailure(
          "TrivyMissing", "cannot start " + binary + ": set ASSAY_TRIVY or put trivy on the PATH");
    }
  }

  private Map<String, String> environment() throws IOException {
    var passed = new HashMap<String, String>();
    variables.forEach((name, value) -> {
      if (PASSED.contains(name) || name.startsWith("TRIVY_")) {
        passed.put(name, value);
      }
    });
    // Trivy writes large layers and jars here; the root file system is read-only.
    passed.put("TMPDIR", Files.createDirectories(scratch.resolve("tmp")).toString());
    passed.put("HOME", Files.createDirectories(scratch.resolve("home")).toString());
    passed.put("TRIVY_DISABLE_VEX_NOTICE", "true");
    return passed;
  }

  private static StepFailure timeout() {
    return new StepFailure("Timeout", "the scan took longer than ASSAY_TIMEOUT_SECONDS allows");
  }

  private static String tail(Path said) throws IOException {
    try (var file = Files.newByteChannel(said)) {
      file.position(Math.max(0, file.size() - TAIL_BYTES));
      var bytes = ByteBuffer.allocate(TAIL_BYTES);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // reads until the end
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}
