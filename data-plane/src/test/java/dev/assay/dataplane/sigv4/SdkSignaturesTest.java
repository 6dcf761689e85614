package dev.assay.dataplane.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.RequestHead;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// The AWS SDK signs, ours verifies: paths, queries and headers that are easily made canonical in
/// two ways.
class SdkSignaturesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final SecretKeys KEYS = new SecretKeys(Map.of("AK/with/slashes", "secret+/="));

  /// @param path escaped once, as it stands in the request line
  record Case(
      String name, String path, Map<String, List<String>> query, Map<String, String> headers) {
    @Override
    public String toString() {
      return name;
    }

    static Case path(String name, String path) {
      return new Case(name, path, Map.of(), Map.of());
    }

    static Case query(String name, Map<String, List<String>> query) {
      return new Case(name, "/assay", query, Map.of());
    }

    static Case header(String name, String header, String value) {
      return new Case(name, "/assay/k", Map.of(), Map.of(header, value));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.path("a plain key", "/assay/key"),
        Case.path("a space and a plus", "/assay/a%20b%2Bc"),
        Case.path("a percent sign escaped twice", "/assay/a%252Fb"),
        Case.path("letters beyond ASCII", "/assay/%C3%A4%E2%82%AC"),
        Case.path("dots and empty segments", "/assay/a//b/../c/./d/"),
        Case.path("all that may stand unescaped", "/assay/AZaz09-._~"),
        Case.path("signs that must be escaped", "/assay/%21%2A%27%28%29%3B%3A%40%26%3D%24"),
        Case.query("an empty value", Map.of("prefix", List.of(""))),
        Case.query(
            "values with signs",
            Map.of("prefix", List.of("a/b c+d&e=f%2F"), "delimiter", List.of("/"))),
        Case.query("a name twice", Map.of("x", List.of("b", "a", "B"))),
        Case.query(
            "names that sort unlike their escapes",
            Map.of("a-b", List.of("1"), "a", List.of("2"), "aB", List.of("3"), "ä", List.of("4"))),
        Case.header("runs of white space", "x-amz-meta-note", "  two   spaces\tand a tab "),
        Case.header("an empty header", "x-amz-meta-empty", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void headerSignaturesHold(Case c) throws Exception {
    var head = signed(c, AwsV4FamilyHttpSigner.AuthLocation.HEADER);

    assertThat(Verifier.verify(head, KEYS, "eu-central-1", NOW).caller())
        .isEqualTo(new Caller.Key("AK/with/slashes", false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void presignedUrlsHold(Case c) throws Exception {
    var head = signed(c, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING);

    assertThat(Verifier.verify(head, KEYS, "eu-central-1", NOW).caller())
        .isEqualTo(new Caller.Key("AK/with/slashes", true));
  }

  /// @param refusal what the refusal begins with, empty where it holds
  record Spoilt(String name, UnaryOperator<RequestHead> change, Instant now, String refusal) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Spoilt> spoilt() {
    var skew = Verifier.CLOCK_SKEW;
    UnaryOperator<RequestHead> same = head -> head;
    return Stream.of(
        new Spoilt("another path", h -> path(h, h.path() + "x"), NOW, "SignatureDoesNotMatch"),
        new Spoilt(
            "a header that was not signed",
            h -> header(h, "x-amz-copy-source", "/other/key"),
            NOW,
            "AccessDenied: There were headers"),
        new Spoilt(
            "a token of a session",
            h -> header(h, "x-amz-security-token", "t"),
            NOW,
            "InvalidToken"),
        new Spoilt(
            "another algorithm",
            h -> header(without(h, "authorization"), "authorization", "AWS AK:sig"),
            NOW,
            "InvalidRequest: The authorization mechanism"),
        new Spoilt(
            "a second Authorization",
            h -> header(h, "authorization", "Basic x"),
            NOW,
            "AuthorizationHeaderMalformed"),
        new Spoilt(
            "without what was signed",
            h -> without(h, "x-amz-date"),
            NOW,
            "AccessDenied: AWS auth"),
        new Spoilt("late by the skew", same, NOW.plus(skew), ""),
        new Spoilt("later", same, NOW.plus(skew).plusMillis(1), "RequestTimeTooSkewed"),
        new Spoilt("early by the skew", same, NOW.minus(skew), ""),
        new Spoilt("earlier", same, NOW.minus(skew).minusMillis(1), "RequestTimeTooSkewed"));
  }

  @ParameterizedTest
  @MethodSource("spoilt")
  void whatWasNotSignedIsRefused(Spoilt s) throws Exception {
    var plain = cases().findFirst().orElseThrow();
    var head = s.change().apply(signed(plain, AwsV4FamilyHttpSigner.AuthLocation.HEADER));

    if (s.refusal().isEmpty()) {
      assertThat(Verifier.verify(head, KEYS, "eu-central-1", s.now())).isNotNull();
    } else {
      assertThatThrownBy(() -> Verifier.verify(head, KEYS, "eu-central-1", s.now()))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(s.refusal());
    }
  }

  private static RequestHead signed(Case c, AwsV4FamilyHttpSigner.AuthLocation where)
      throws RefusedException {
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://127.0.0.1:9000"))
            .encodedPath(c.path());
    c.query().forEach(request::putRawQueryParameter);
    c.headers().forEach(request::putHeader);
    var identity = AwsCredentialsIdentity.create("AK/with/slashes", "secret+/=");
    var built = request.build();
    var signed =
        AwsV4HttpSigner.create()
            .sign(r -> {
              r.identity(identity)
                  .request(built)
                  .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                  .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                  .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                  .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, where)
                  .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
              if (where == AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING) {
                r.putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5))
                    // S3's presigned URLs leave the body open.
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false);
              }
            })
            .request();
    var headers = new ArrayList<Map.Entry<String, String>>();
    signed.headers().forEach((n, vs) -> vs.forEach(v -> headers.add(new SimpleEntry<>(n, v))));
    var query = signed.encodedQueryParameters().map(q -> "?" + q).orElse("");
    return RequestHead.parse("id", "GET", signed.encodedPath() + query, Headers.of(headers));
  }

  private static RequestHead path(RequestHead head, String path) {
    return new RequestHead(
        head.id(),
        head.method(),
        head.rawPath(),
        path,
        head.rawQuery(),
        head.query(),
        head.headers());
  }

  private static RequestHead header(RequestHead head, String name, String value) {
    var entries = entries(head);
    entries.add(new SimpleEntry<>(name, value));
    return headers(head, entries);
  }

  private static RequestHead without(RequestHead head, String name) {
    var entries = entries(head);
    entries.removeIf(entry -> entry.getKey().equals(name));
    return headers(head, entries);
  }

  private static List<Map.Entry<String, String>> entries(RequestHead head) {
    var entries = new ArrayList<Map.Entry<String, String>>();
    for (var name : head.headers().names()) {
      head.headers().all(name).forEach(value -> entries.add(new SimpleEntry<>(name, value)));
    }
    return entries;
  }

  private static RequestHead headers(RequestHead head, List<Map.Entry<String, String>> entries) {
    return new RequestHead(
        head.id(),
        head.method(),
        head.rawPath(),
        head.path(),
        head.rawQuery(),
        head.query(),
        Headers.of(entries));
  }
}
