package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// `aws-chunked` bodies, framed and signed by the AWS SDK: signed chunks as it sends them over http
/// and unsigned ones as over https, each with and without a trailer, whole and damaged.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChunkedUploadTest {
  private static final byte[] BODY = new byte[300_000];

  static {
    new Random(7).nextBytes(BODY);
  }

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    server = TestServer.alone(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /// @param word what `x-amz-content-sha256` must come out as, so that a row tests what it says
  record Case(boolean signed, List<ChecksumAlgorithm> trailer, String word) {
    @Override
    public String toString() {
      return word + trailer.stream().map(a -> " " + a.algorithmId()).toList();
    }
  }

  static Stream<Case> cases() {
    var signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    var trailers =
        List.<ChecksumAlgorithm>of(
            DefaultChecksumAlgorithm.CRC32,
            DefaultChecksumAlgorithm.CRC32C,
            DefaultChecksumAlgorithm.SHA1,
            DefaultChecksumAlgorithm.SHA256);
    return Stream.concat(
        Stream.of(new Case(true, List.of(), signed)),
        trailers.stream()
            .flatMap(trailer ->
                Stream.of(
                    new Case(true, List.of(trailer), signed + "-TRAILER"),
                    new Case(false, List.of(trailer), "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))));
  }

  /// @param body one `char` a byte
  private record Framed(String head, String body) {}

  @ParameterizedTest
  @MethodSource("cases")
  void aFramedBodyIsStoredWithoutItsFrame(Case c) throws Exception {
    var framed = framed(c, "key");

    try (var raw = Raw.connect(server.port())) {
      var answer = raw.send(framed.head()).send(framed.body()).answer();
      assertThat(answer).startsWith("HTTP/1.1 200 OK");
    }

    try (var s3 = server.client(Role.ReadWrite)) {
      var got = s3.getObjectAsBytes(b -> b.bucket("assay").key("key"));
      assertThat(got.asByteArray()).isEqualTo(BODY);
      assertThat(got.response().contentEncoding()).isNullOrEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aChangedByteIsRefused(Case c) throws Exception {
    var framed = framed(c, "damaged");
    var damaged = new StringBuilder(framed.body());
    damaged.setCharAt(1_000, (char) (damaged.charAt(1_000) ^ 1));

    try (var raw = Raw.connect(server.port())) {
      var answer = raw.send(framed.head()).send(damaged.toString()).answer();
      assertThat(answer)
          .contains("<Code>" + (c.signed() ? "SignatureDoesNotMatch" : "BadDigest") + "</Code>");
    }
    assertNothingStored("damaged");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBodyWithoutItsEndIsRefused(Case c) throws Exception {
    var framed = framed(c, "cut");
    var last = framed.body().lastIndexOf("\r\n0");

    try (var raw = Raw.connect(server.port())) {
      raw.send(framed.head()).send(framed.body().substring(0, last + 2));
      assertThat(raw.finish().all()).contains("<Code>IncompleteBody</Code>");
    }
    assertNothingStored("cut");
  }

  private void assertNothingStored(String key) {
    try (var s3 = server.client(Role.ReadWrite)) {
      assertThat(s3.listObjectsV2(b -> b.bucket("assay").prefix(key)).contents()).isEmpty();
    }
  }

  private Framed framed(Case c, String key) throws IOException {
    var scheme = c.signed() ? "http" : "https";
    var uri = URI.create("%s://127.0.0.1:%d/assay/%s".formatted(scheme, server.port(), key));
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(uri)
            .putHeader("Content-Length", Integer.toString(BODY.length))
            .build();
    var id = Role.ReadWrite.name();
    var signed =
        AwsV4HttpSigner.create()
            .sign(r -> {
              r.identity(AwsCredentialsIdentity.create(id, TestServer.secret(id)))
                  .request(request)
                  .payload(ContentStreamProvider.fromByteArray(BODY))
                  .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                  .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                  .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                  .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true)
                  .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, c.signed());
              c.trailer().forEach(a -> r.putProperty(AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM, a));
            });
    assertThat(signed.request().firstMatchingHeader("x-amz-content-sha256")).hasValue(c.word());
    var headers = new ArrayList<String>();
    signed
        .request()
        .forEachHeader((name, values) -> values.forEach(v -> headers.add(name + ": " + v)));
    headers.removeIf(header -> header.regionMatches(true, 0, "host:", 0, 5));
    var body = signed.payload().orElseThrow().newStream().readAllBytes();
    if (headers.stream().noneMatch(h -> h.regionMatches(true, 0, "content-length:", 0, 15))) {
      headers.add("Content-Length: " + body.length);
    }
    return new Framed(
        Raw.head("PUT", uri, headers.toArray(String[]::new)),
        new String(body, StandardCharsets.ISO_8859_1));
  }
}
