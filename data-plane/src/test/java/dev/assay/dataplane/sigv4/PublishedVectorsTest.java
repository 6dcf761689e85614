package dev.assay.dataplane.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of the S3 API reference, "Authenticating Requests (AWS Signature Version 4)", with
/// the signatures that stand there.
class PublishedVectorsTest {
  static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
  static final SecretKeys KEYS =
      new SecretKeys(Map.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  record Case(String name, String method, String target, Map<String, String> headers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "GET object with a range",
            "GET",
            "/test.txt",
            headers(
                EMPTY,
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                "range",
                "bytes=0-9")),
        new Case(
            "PUT object with a dollar in its key",
            "PUT",
            "/test%24file.text",
            headers(
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                "date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY")),
        new Case(
            "GET bucket lifecycle",
            "GET",
            "/?lifecycle",
            headers(
                EMPTY,
                "host;x-amz-content-sha256;x-amz-date",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")),
        new Case(
            "GET bucket, listing two keys",
            "GET",
            "/?max-keys=2&prefix=J",
            headers(
                EMPTY,
                "host;x-amz-content-sha256;x-amz-date",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")),
        new Case(
            "presigned GET",
            "GET",
            "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            Map.of("host", "examplebucket.s3.amazonaws.com")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePublishedSignatureHolds(Case c) throws Exception {
    var seen = Verifier.verify(head(c), KEYS, "us-east-1", THEN);

    assertThat(seen.caller())
        .isEqualTo(new Caller.Key("AKIAIOSFODNN7EXAMPLE", c.target().contains("Signature")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anotherMethodDoesNot(Case c) throws Exception {
    var head = head(new Case(c.name(), "DELETE", c.target(), c.headers()));

    assertThatThrownBy(() -> Verifier.verify(head, KEYS, "us-east-1", THEN))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.error().code()).isEqualTo("SignatureDoesNotMatch"));
  }

  @Test
  void thePresignedUrlHoldsToItsLastSecondAndNoLonger() throws Exception {
    var head =
        head(cases().filter(c -> c.name().startsWith("presigned")).findFirst().orElseThrow());
    var end = THEN.plus(Duration.ofDays(1));

    assertThat(Verifier.verify(head, KEYS, "us-east-1", end).caller())
        .isInstanceOf(Caller.Key.class);
    assertThatThrownBy(() -> Verifier.verify(head, KEYS, "us-east-1", end.plusMillis(1)))
        .hasMessage("AccessDenied: Request has expired");
  }

  static RequestHead head(Case c) throws RefusedException {
    return RequestHead.parse("id", c.method(), c.target(), Headers.of(c.headers().entrySet()));
  }

  private static Map<String, String> headers(
      String payload, String signed, String signature, String... more) {
    var headers = new TreeMap<String, String>();
    headers.put("Host", "examplebucket.s3.amazonaws.com");
    headers.put("x-amz-content-sha256", payload);
    headers.put("x-amz-date", "20130524T000000Z");
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders="
            + signed
            + ",Signature="
            + signature);
    for (var i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }
}
