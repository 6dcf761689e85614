package dev.assay.scanjob;

import dev.assay.scanjob.http.StubStore;
import dev.assay.wire.Json;
import dev.assay.wire.scan.DatabaseSummary;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.JobFailure;
import dev.assay.wire.scan.ScanSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// A scan Job as the operator would set it up: its directories, Secrets and environment.
final class Job implements AutoCloseable {
  private final StubStore store = new StubStore();
  private final Path directory;
  private final Map<String, String> variables = new HashMap<>();

  Job(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    variables.put("PATH", System.getenv("PATH"));
    variables.put("ASSAY_TRIVY", Tools.trivy());
    variables.put("ASSAY_WORK", directory.resolve("work").toString());
    variables.put("ASSAY_CACHE", Tools.fixtures().resolve("cache").toString());
    variables.put(
        "ASSAY_SECRET_DIR", Files.createDirectories(directory.resolve("secret")).toString());
    variables.put("ASSAY_TERMINATION_LOG", directory.resolve("log").toString());
    variables.put("ASSAY_SCANNERS", "vuln,secret,misconfig,license");
    variables.put("ASSAY_SKIP_DB_UPDATE", "true");
    variables.put("ASSAY_OFFLINE", "true");
    for (var what : List.of("REPORT", "SBOM", "FINDINGS")) {
      variables.put("ASSAY_" + what + "_KEY", ".assay/" + what);
      link(what + "_URL", what);
    }
    link("ARTIFACT_URL", "artifact");
  }

  Job with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Job of(byte[] artifact, String type, String fileName) {
    store.objects.put("artifact", artifact);
    return with("ASSAY_DIGEST", "sha256:" + sha256(artifact))
        .with("ASSAY_SIZE", Integer.toString(artifact.length))
        .with("ASSAY_TYPE", type)
        .with("ASSAY_FILENAME", fileName);
  }

  /// @return the exit code
  int run(String step) throws IOException {
    return Main.run(new String[] {step}, variables);
  }

  ScanSummary runAll() throws IOException {
    for (var step : List.of("fetch", "scan", "publish")) {
      if (run(step) != 0) {
        throw new AssertionError(step + " failed: " + message());
      }
    }
    return Json.MAPPER.readValue(message(), ScanSummary.class);
  }

  JobFailure failure() throws IOException {
    return Json.MAPPER.readValue(message(), JobFailure.class);
  }

  DatabaseSummary database() throws IOException {
    return Json.MAPPER.readValue(message(), DatabaseSummary.class);
  }

  String message() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  byte[] published(String what) {
    return Objects.requireNonNull(store.objects.get(what), "nothing was published as " + what);
  }

  boolean hasPublished(String what) {
    return store.objects.containsKey(what);
  }

  String text(String what) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(published(what)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Findings findings() throws IOException {
    return Json.MAPPER.readValue(text("FINDINGS"), Findings.class);
  }

  Path output() {
    return directory.resolve("work/output");
  }

  @Override
  public void close() {
    store.close();
  }

  private void link(String file, String key) throws IOException {
    Files.writeString(directory.resolve("secret").resolve(file), store.url(key).toString());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
