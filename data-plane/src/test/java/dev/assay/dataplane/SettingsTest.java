package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.wire.control.DataPlaneConfiguration;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import dev.assay.wire.control.StoreStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Settings that change under a running data plane, and options that make no sense.
class SettingsTest {
  @Test
  void aNewConfigurationComesIntoForceAndABadOneDoesNot(@TempDir Path folder) throws Exception {
    try (var server = TestServer.inPod(folder, c -> c);
        var reader = server.client(Role.Read)) {
      reader.headBucket(b -> b.bucket("assay"));
      var before = digest(server);

      server.write("{\"bucket\": 1");
      Eventually.holds("it is refused", () -> refused(server) == 1);
      server.configure(bucket(server.configuration(), "another"));
      Eventually.holds("that too", () -> refused(server) == 2);
      assertThat(digest(server)).isEqualTo(before);
      reader.headBucket(b -> b.bucket("assay"));

      server.configure(withKeys(server.configuration(), List.of()));
      Eventually.holds("the key is gone", () -> code(reader).equals("InvalidAccessKeyId"));
      assertThat(digest(server)).isNotEqualTo(before);
    }
  }

  @Test
  void aNewSecretComesIntoForce(@TempDir Path folder) throws Exception {
    try (var server = TestServer.inPod(folder, c -> c);
        var before = server.client(Role.Read)) {
      before.headBucket(b -> b.bucket("assay"));
      // A Secret is mounted as a link that is swapped; the name in the directory stays.
      var next = Files.writeString(folder.resolve("next"), "rotated");
      Files.move(next, server.keys().resolve("Read"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);

      Eventually.holds("the old one is over", () -> code(before).equals("SignatureDoesNotMatch"));
      try (var after = server.client("Read", "rotated")) {
        after.headBucket(b -> b.bucket("assay"));
      }
    }
  }

  @Test
  void whatIsStoredIsThereAfterARestart(@TempDir Path folder) throws Exception {
    try (var server = TestServer.inPod(folder, SettingsTest::immediately)) {
      try (var writer = server.client(Role.ReadWrite)) {
        writer.putObject(
            b -> b.bucket("assay").key("k"),
            software.amazon.awssdk.core.sync.RequestBody.fromString("v"));
      }

      server.restart();

      try (var reader = server.client(Role.Read)) {
        assertThat(reader.getObjectAsBytes(b -> b.bucket("assay").key("k")).asUtf8String())
            .isEqualTo("v");
      }
    }
  }

  static Stream<List<String>> senseless() {
    return Stream.of(
        List.of(),
        List.of("--root"),
        List.of("--root", "r", "--port", "x"),
        List.of("--root", "r", "--port", "65536"),
        List.of("--root", "r", "--config", "c"),
        List.of("--root", "r", "--unknown", "u"),
        List.of("root", "r"));
  }

  @ParameterizedTest
  @MethodSource("senseless")
  void senselessOptionsAreRefused(List<String> arguments) {
    var environment = Map.of("ASSAY_ACCESS_KEY_ID", "k", "ASSAY_SECRET_ACCESS_KEY", "s");

    assertThatThrownBy(() -> Options.parse(arguments, environment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASSAY_ACCESS_KEY_ID", "ASSAY_SECRET_ACCESS_KEY"})
  void aloneItNeedsBothKeys(String one) {
    assertThatThrownBy(() -> Options.parse(List.of("--root", "r"), Map.of(one, "x")))
        .hasMessageContaining("ASSAY_ACCESS_KEY_ID and ASSAY_SECRET_ACCESS_KEY");
  }

  @Test
  void aloneItListensOnLoopback() {
    var environment = Map.of("ASSAY_ACCESS_KEY_ID", "k", "ASSAY_SECRET_ACCESS_KEY", "s");

    var options = Options.parse(List.of("--root", "r"), environment);

    assertThat(options.bind()).isEqualTo("127.0.0.1");
    assertThat(options.ports().s3()).isEqualTo(9000);
    assertThat(options.ports().control()).isEmpty();
    assertThat(options.toString()).doesNotContain("secretKey");
  }

  private static String code(S3Client client) {
    try {
      client.listObjectsV2(b -> b.bucket("assay"));
      return "";
    } catch (S3Exception e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  private static String digest(TestServer server) throws IOException, InterruptedException {
    return server.ask("GET", "/v1/status", "", StoreStatus.class).configurationDigest();
  }

  private static int refused(TestServer server) throws IOException, InterruptedException {
    return server
        .management("/metrics")
        .lines()
        .filter(line -> line.startsWith("assay_dataplane_settings_refused_total "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private static DataPlaneConfiguration bucket(DataPlaneConfiguration c, String name) {
    return copy(c, name, c.releaseImmediately(), c.accessKeys());
  }

  private static DataPlaneConfiguration withKeys(DataPlaneConfiguration c, List<AccessKey> keys) {
    return copy(c, c.bucket(), c.releaseImmediately(), keys);
  }

  private static DataPlaneConfiguration immediately(DataPlaneConfiguration c) {
    return copy(c, c.bucket(), true, c.accessKeys());
  }

  private static DataPlaneConfiguration copy(
      DataPlaneConfiguration c, String bucket, boolean immediately, List<AccessKey> keys) {
    return new DataPlaneConfiguration(
        bucket,
        c.bucketUid(),
        c.region(),
        immediately,
        c.maxObjectSizeBytes(),
        c.allowedMediaTypes(),
        c.quota(),
        c.anonymousRead(),
        c.immutableKeys(),
        c.reuseDuplicates(),
        c.abortIncompleteUploadAfter(),
        c.controlPublicKeys(),
        keys);
  }
}
