package dev.assay.scanjob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The real Trivy, databases and sample artifacts, made by the project's own scripts.
final class Tools {
  private static final Path ROOT = root();
  private static final Path FIXTURES = Path.of("target", "fixtures").toAbsolutePath();

  private Tools() {}

  /// `ASSAY_TRIVY`, or the pinned one, built when it is not there yet.
  static String trivy() throws IOException, InterruptedException {
    var given = System.getenv("ASSAY_TRIVY");
    return given != null ? given : run("hack/tools/build", "trivy").strip();
  }

  /// `hack/fixtures/build` says what lies in it.
  static synchronized Path fixtures() throws IOException, InterruptedException {
    if (!Files.isDirectory(FIXTURES.resolve("cache"))) {
      run("hack/fixtures/build", FIXTURES.toString());
    }
    return FIXTURES;
  }

  static byte[] sample(String name, Path directory) throws IOException, InterruptedException {
    var file = directory.resolve("sample");
    run("hack/fixtures/sample", name, file.toString());
    return Files.readAllBytes(file);
  }

  private static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ROOT.resolve(script).toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "these tests need the real Trivy and its fixtures, and `%s %s` failed: run it by hand, or name a Trivy 0.74 in ASSAY_TRIVY"
              .formatted(script, String.join(" ", arguments)));
    }
    return said;
  }

  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("hack")) ? here : here.resolve("..").normalize();
  }
}
