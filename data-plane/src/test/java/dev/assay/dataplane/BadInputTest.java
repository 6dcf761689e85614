package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.VersionPage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Malformed and hostile requests get the right error and change nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int SIZE = 300_000;

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.inPod(folder, configuration -> configuration);
    var session = new SessionBuilder("open", "target").build();
    server.ask("PUT", "/v1/sessions/open", session, SessionStatus.class);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingHasChanged() throws Exception {
    assertThat(server.ask("GET", "/v1/versions", "", VersionPage.class).versions()).isEmpty();
    Eventually.holds("no upload in flight", () -> server.blobs().isEmpty());
    var session = server.ask("GET", "/v1/sessions/open", "", SessionStatus.class);
    assertThat(session.phase()).isEqualTo(SessionStatus.Phase.Open);
  }

  /// @param code S3's error code; empty where HEAD has no body
  record Case(String name, String request, int status, String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> malformed() {
    var host = "Host: h\r\n";
    return Stream.of(
        new Case("climbs out", get("/assay/../../etc/passwd", host), 400, "InvalidURI"),
        new Case("climbs out, escaped", get("/assay/..%2f..%2fetc", host), 400, "InvalidURI"),
        new Case(
            "climbs out, escaped twice", get("/assay/%252e%252e/x", host), 403, "AccessDenied"),
        new Case("half an escape", get("/assay/%2", host), 400, "InvalidURI"),
        new Case("no hexadecimal escape", get("/assay/%zz", host), 400, "InvalidURI"),
        new Case("an escape in other digits", get("/assay/%\u00b2\u00b2", host), 400, "InvalidURI"),
        new Case("escapes that are no UTF-8", get("/assay/%ff", host), 400, "InvalidURI"),
        new Case("a zero byte in UTF-8's clothes", get("/assay/%c0%80", host), 400, "InvalidURI"),
        new Case("a broken query", get("/assay?prefix=%", host), 400, "InvalidURI"),
        new Case("a fragment", get("/assay/a#b", host), 400, "InvalidURI"),
        new Case("no path", get("assay/a", host), 400, "InvalidURI"),
        new Case("a space in the path", get("/assay/a b", host), 400, "InvalidRequest"),
        new Case("a long line", get("/assay/" + "a".repeat(9_000), host), 414, "InvalidURI"),
        new Case("a long key", get("/assay/" + "a".repeat(1_025), host), 400, "KeyTooLongError"),
        new Case(
            "huge headers",
            get("/assay/a", host + "X: " + "a".repeat(20_000) + "\r\n"),
            400,
            "RequestHeaderSectionTooLarge"),
        new Case("no Host", get("/assay/a", ""), 400, "InvalidRequest"),
        new Case("two Hosts", get("/assay/a", host + host), 400, "InvalidRequest"),
        new Case("a negative length", put(host + "Content-Length: -1\r\n"), 400, "InvalidRequest"),
        new Case("a length of letters", put(host + "Content-Length: ten\r\n"), 400, "InvalidReq"),
        new Case(
            "two lengths",
            put(host + "Content-Length: 1\r\nContent-Length: 2\r\n"),
            400,
            "InvalidRequest"),
        new Case("a header without colon", get("/assay/a", host + "nonsense\r\n"), 400, "Invalid"),
        new Case(
            "another protocol", "\u0016\u0003\u0001 client hello\r\n\r\n", 400, "InvalidRequest"),
        new Case("an unknown expectation", get("/a", host + "Expect: fire\r\n"), 417, "InvalidReq"),
        new Case("an unknown method", "BREW /assay/a HTTP/1.1\r\n" + host + "\r\n", 405, "Method"),
        new Case("nobody", get("/assay/a", host), 403, "AccessDenied"),
        new Case("nobody, another bucket", get("/other/a", host), 403, "AccessDenied"),
        new Case("nobody, HEAD", "HEAD /assay/a HTTP/1.1\r\n" + host + "\r\n", 403, ""),
        new Case("nobody, PUT", put(host + "Content-Length: 2\r\n") + "hi", 403, "AccessDenied"),
        new Case(
            "nobody, a session",
            "PUT /assay/target?x-assay-upload=open HTTP/1.1\r\n"
                + host
                + "Content-Length: 2\r\n\r\nhi",
            403,
            "AccessDenied"),
        new Case(
            "nobody, with headers of an answer",
            get("/assay/a?response-content-type=text/html", host),
            403,
            "AccessDenied"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedRequestIsRefused(Case c) throws Exception {
    try (var raw = Raw.connect(server.port())) {
      assertRefused(raw.send(c.request()).finish().all(), c.status(), c.code());
    }
  }

  /// @param change of a URL that would hold
  record Url(String name, Function<String, String> change, int status, String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Url> urls() {
    return Stream.of(
        new Url("another signature", u -> flip(u), 403, "SignatureDoesNotMatch"),
        new Url(
            "no signature", u -> u.replaceAll("&X-Amz-Signature=[0-9a-f]+", ""), 400, "Authori"),
        new Url("two signatures", u -> u + "&X-Amz-Signature=0", 400, "InvalidArgument"),
        new Url("another key", u -> u.replace("/target", "/other"), 403, "SignatureDoesNotMatch"),
        new Url("another session", u -> u.replace("=open", "=shut"), 403, "SignatureDoesNotMatch"),
        new Url("a parameter more", u -> u + "&versionId=1", 403, "SignatureDoesNotMatch"),
        new Url("a longer life", u -> u.replace("Expires=300", "Expires=600"), 403, "Signature"),
        new Url("a life too long", u -> u.replace("=300", "=604801"), 400, "AuthorizationQuery"),
        new Url("a life below zero", u -> u.replace("=300", "=-1"), 400, "AuthorizationQuery"),
        new Url("an unknown key", u -> u.replace("=Presign", "=Nobody"), 403, "InvalidAccessKeyId"),
        new Url("another region", u -> u.replace("us-east-1", "eu-west-1"), 400, "Authorization"),
        new Url("another service", u -> u.replace("%2Fs3%2F", "%2Fsts%2F"), 400, "Authorization"),
        new Url("another bucket", u -> u.replace("/assay/", "/other/"), 403, "Signature"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aChangedUrlIsRefused(Url c) throws Exception {
    var url = Presigned.inSession(server.endpoint(), "target", "open");
    var changed = URI.create(c.change().apply(url.toString()));

    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", changed, "Content-Length: 2")).send("hi");
      assertRefused(raw.answer(), c.status(), c.code());
    }
  }

  @Test
  void anExpiredUrlIsRefused() throws Exception {
    var url = Presigned.get(server.endpoint(), "k", Instant.now().minus(Duration.ofMinutes(6)));

    try (var raw = Raw.connect(server.port())) {
      var answer = raw.send(Raw.head("GET", url)).answer();
      assertRefused(answer, 403, "AccessDenied");
      assertThat(answer).contains("Request has expired");
    }
  }

  @Test
  void aUrlOfTheFutureIsRefused() throws Exception {
    var url = Presigned.get(server.endpoint(), "k", Instant.now().plus(Duration.ofMinutes(16)));

    try (var raw = Raw.connect(server.port())) {
      assertThat(raw.send(Raw.head("GET", url)).answer()).contains("Request is not valid yet");
    }
  }

  static Stream<Case> lengths() {
    var body = "x".repeat(1_000);
    return Stream.of(
        new Case("no length", body, 411, "MissingContentLength"),
        new Case(
            "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n", 411, "MissingContentLength"),
        new Case("Content-Length: 1001", body, 400, "IncompleteBody"),
        new Case("Content-MD5: nonsense\r\nContent-Length: 1000", body, 400, "InvalidDigest"),
        new Case(
            "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\nContent-Length: 1000",
            body,
            400,
            "BadDigest"),
        new Case("x-amz-checksum-crc32: AAAA\r\nContent-Length: 1000", body, 400, "InvalidRequest"),
        new Case("x-amz-checksum-crc32: AAAAAA==\r\nContent-Length: 1000", body, 400, "BadDigest"),
        new Case(
            "x-amz-checksum-sha256: " + "A".repeat(43) + "=\r\nContent-Length: 1000",
            body,
            400,
            "BadDigest"),
        new Case(
            "x-amz-checksum-crc32: AAAAAA==\r\nx-amz-checksum-crc32c: AAAAAA==\r\n"
                + "Content-Length: 1000",
            body,
            400,
            "InvalidRequest"),
        new Case("Content-Encoding: aws-chunked\r\nContent-Length: 1000", body, 400, "InvalidReq"),
        new Case("x-amz-copy-source: /assay/a\r\nContent-Length: 0", "", 403, "AccessDenied"),
        new Case("x-amz-meta-a: b\r\nContent-Length: 1000", body, 403, "AccessDenied"),
        new Case("Content-Length: 1099511627777", "", 400, "EntityTooLarge"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void aBodyThatIsNotWhatItsHeadersSayIsRefused(Case c) throws Exception {
    var url = Presigned.inSession(server.endpoint(), "target", "open");
    try (var raw = Raw.connect(server.port())) {
      var headers = c.name().equals("no length") ? "X-Nothing: 1" : c.name();
      raw.send(Raw.head("PUT", url, headers)).send(c.request()).finish();
      assertRefused(raw.all(), c.status(), c.code());
    }
  }

  @Test
  void aClientThatWaitsHearsTheRefusalBeforeItSends() throws Exception {
    var url = Presigned.inSession(server.endpoint(), "target", "shut");
    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", url, "Content-Length: 9999999", "Expect: 100-continue"));
      assertRefused(raw.all(), 403, "AccessDenied");
    }
  }

  @Test
  void aShortBodyIsTakenBeforeItsRefusalAndTheConnectionIsKept() throws Exception {
    var refused = Presigned.inSession(server.endpoint(), "target", "shut");
    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", refused, "Content-Length: 5"));
      assertThat(raw.silent(200)).isTrue();

      raw.send("bytes" + get("/other/second", "Host: h\r\n"));

      assertThat(raw.answer()).contains("<Code>AccessDenied</Code>");
      assertThat(raw.answer()).contains("<Resource>/other/second</Resource>");
    }
  }

  @Test
  void aSlowHeadIsGivenUp() throws Exception {
    try (var raw = Raw.connect(server.port())) {
      assertThat(raw.send("GET /assay/").dripUntilAnswered(200)).isEmpty();
    }
  }

  @Test
  void aSilentConnectionIsGivenUp() throws Exception {
    try (var raw = Raw.connect(server.port())) {
      assertThat(raw.all()).isEmpty();
    }
  }

  @Test
  void aBodyThatStopsIsGivenUp() throws Exception {
    var url = Presigned.inSession(server.endpoint(), "target", "open");
    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", url, "Content-Length: " + SIZE)).send("x");
      assertRefused(raw.all(), 400, "RequestTimeout");
    }
  }

  @Test
  void aBodyThatDripsIsGivenUp() throws Exception {
    var url = Presigned.inSession(server.endpoint(), "target", "open");
    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", url, "Content-Length: " + SIZE));
      assertRefused(raw.dripUntilAnswered(200), 400, "RequestTimeout");
    }
  }

  @Test
  void requestsInOneGoAreAnsweredInOrder() throws Exception {
    try (var raw = Raw.connect(server.port())) {
      raw.send(get("/assay/first", "Host: h\r\n") + get("/other/second", "Host: h\r\n"));

      assertThat(raw.answer()).contains("<Resource>/assay/first</Resource>");
      assertThat(raw.answer()).contains("<Resource>/other/second</Resource>");
    }
  }

  private static String flip(String url) {
    var last = url.charAt(url.length() - 1) == '0' ? '1' : '0';
    return url.contains("X-Amz-Signature=") && !url.endsWith("=")
        ? url.replaceAll("(X-Amz-Signature=[0-9a-f]{63})[0-9a-f]", "$1" + last)
        : url;
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  private static String put(String headers) {
    return "PUT /assay/a HTTP/1.1\r\n" + headers + "\r\n";
  }

  private static void assertRefused(String answer, int status, String code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    if (code.isEmpty()) {
      assertThat(answer).endsWith("\r\n\r\n");
    } else {
      assertThat(answer)
          .contains("<Code>" + code)
          .contains("<RequestId>", "<HostId>", "x-amz-request-id: ");
    }
  }
}
