package dev.assay.operator.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// What is signed here, the real cosign verifies. `ASSAY_COSIGN` is the path that `hack/tools/build
/// cosign` prints.
@EnabledIfEnvironmentVariable(named = "ASSAY_COSIGN", matches = ".+")
class CosignVerifiesTest {
  private static final String TYPE = "https://sigstore.dev/cosign/sign/v1";
  private static final String CONTENT = "a release";

  @TempDir Path folder = Path.of("");

  @Test
  void aBundleOfOurs() throws Exception {
    var key = new SigningKey();
    write("file", CONTENT);
    write("key.pub", key.pem());
    write("other.pub", new SigningKey().pem());
    write("bundle.json", key.bundle(Sha256.of(CONTENT).hex()));
    write("bundle-of-other.json", key.bundle(Sha256.of("another release").hex()));

    assertThat(verify("key.pub", "bundle.json")).as("%s", said()).isZero();
    assertThat(verify("other.pub", "bundle.json")).isNotZero();
    assertThat(verify("key.pub", "bundle-of-other.json")).isNotZero();
  }

  private int verify(String key, String bundle) throws IOException, InterruptedException {
    var words =
        List.of(
            System.getenv("ASSAY_COSIGN"),
            "verify-blob-attestation",
            "--key",
            key,
            "--bundle",
            bundle,
            "--type",
            TYPE,
            "--insecure-ignore-tlog=true",
            "file");
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }
}
