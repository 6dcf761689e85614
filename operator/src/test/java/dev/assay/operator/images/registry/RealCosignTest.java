package dev.assay.operator.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.policy.image.ImageReference;
import dev.assay.policy.image.ImageSignatures.Judgement;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.policy.signature.TrustedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The real cosign signs in a real registry. `ASSAY_COSIGN` and `ASSAY_CRANE` are paths of the
/// programs, as `hack/tools/build cosign` and `hack/tools/build crane` print them.
@EnabledIfEnvironmentVariable(named = "ASSAY_COSIGN", matches = ".+")
@EnabledIfEnvironmentVariable(named = "ASSAY_CRANE", matches = ".+")
class RealCosignTest {
  private static final String SLSA = "https://slsa.dev/provenance/v1";
  private static final List<String> OLDER =
      List.of("--new-bundle-format=false", "--use-signing-config=false", "--tlog-upload=false");

  @TempDir Path folder = Path.of("");
  private String host = "";
  private @Nullable Process registry;

  @BeforeEach
  void start() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    host = "127.0.0.1:" + port;
    Files.createDirectory(folder.resolve("registry"));
    registry =
        begin(List.of(crane(), "registry", "serve", "--address", host, "--disk", "registry"));
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> {
          try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          }
        });
    for (var key : List.of("ours", "theirs")) {
      run(cosign(), "generate-key-pair", "--output-key-prefix", key);
    }
    run(cosign(), "signing-config", "create", "--out", "config.json");
  }

  @AfterEach
  void stop() {
    if (registry != null) {
      registry.destroy();
    }
  }

  @Test
  void whatCosignSignsIsSignedAndNothingElse() throws Exception {
    var newer = push("newer");
    sign(newer, "ours", List.of("--signing-config", "config.json"));
    var older = push("older");
    sign(older, "ours", OLDER);
    var theirs = push("theirs");
    sign(theirs, "theirs", OLDER);
    sign(theirs, "theirs", List.of("--signing-config", "config.json"));
    var attested = push("attested");
    sign(attested, "ours", OLDER);
    Files.writeString(folder.resolve("p.json"), "{\"buildDefinition\":{\"buildType\":\"x\"}}");
    run(
        cosign(),
        "attest",
        "--key",
        "ours.key",
        "--signing-config",
        "config.json",
        "--type",
        "slsaprovenance1",
        "--predicate",
        "p.json",
        "--yes",
        attested.toString());

    assertThat(judged(newer)).startsWith("signed: rule 'r': signed by key sha256:");
    assertThat(judged(older)).isEqualTo(judged(newer));
    assertThat(judged(theirs)).startsWith("refused: rule 'r', check Key: none of the policy's");
    assertThat(judged(push("unsigned"))).startsWith("refused: rule 'r' asks for a signature");
    assertThat(judged(attested, SLSA)).isEqualTo(judged(newer));
    assertThat(judged(newer, SLSA)).startsWith("refused: rule 'r', check PredicateType");
    assertThat(judged(older, SLSA)).startsWith("refused: rule 'r', check PredicateType");
  }

  private String judged(PinnedImage image, String... predicateTypes) throws IOException {
    var pem = Files.readString(folder.resolve("ours.pub"));
    var key = ((TrustedKey.Read.Key) TrustedKey.read(pem)).key();
    var statements =
        Stream.of(predicateTypes)
            .map(type -> new Rule.StatementRule(type, Optional.empty()))
            .toList();
    var rule = new Rule("r", new Signer.Keys(List.of(key), false), statements, true);
    var found =
        new Registry(Perimeter.of(List.of(host), "10.96.0.1"))
            .signaturesOf(image, new Login.Anonymous());
    return switch (found.judge(List.of(rule), image)) {
      case Judgement.Signed(var by) -> "signed: " + by;
      case Judgement.Refused(var why) -> "refused: " + why;
    };
  }

  private PinnedImage push(String name) throws Exception {
    Files.writeString(folder.resolve(name), name);
    run("tar", "cf", name + ".tar", name);
    var printed =
        run(
            crane(),
            "append",
            "--insecure",
            "-f",
            name + ".tar",
            "-t",
            host + "/team/" + name + ":v1");
    var reference = printed.lines().filter(line -> line.contains("@sha256:")).findFirst();
    var read = ImageReference.read(reference.orElseThrow().strip());
    return ((ImageReference.Read.Image) read).image().pinned().orElseThrow();
  }

  private void sign(PinnedImage image, String key, List<String> how) throws Exception {
    var command = new ArrayList<>(List.of(cosign(), "sign", "--key", key + ".key"));
    command.addAll(how);
    command.addAll(List.of("--yes", image.toString()));
    run(command.toArray(String[]::new));
  }

  private String run(String... command) throws Exception {
    var process = begin(List.of(command));
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Process begin(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("COSIGN_PASSWORD", "");
    return builder.start();
  }

  private static String cosign() {
    return String.valueOf(System.getenv("ASSAY_COSIGN"));
  }

  private static String crane() {
    return String.valueOf(System.getenv("ASSAY_CRANE"));
  }
}
