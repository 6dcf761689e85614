package dev.assay.dataplane.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The chunked upload of the S3 API reference ("Signature calculations for the authorization
/// header: transferring payload in multiple chunks"): 66,560 bytes of `a` in chunks of 64 KiB.
class ChunkedBodyTest {
  private static final String BYTES = "a".repeat(66_560);
  private static final String FIRST =
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
  private static final String SECOND =
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
  private static final String LAST =
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
  private static final String SIGNED =
      chunk("10000", FIRST, BYTES.substring(0, 65_536))
          + chunk("400", SECOND, BYTES.substring(65_536))
          + chunk("0", LAST, "");

  record Case(String name, String body, long decodedLength, String refusal) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096, 100_000})
  void thePublishedSignaturesHoldAtAnyReadSize(int readSize) throws Exception {
    var body = ChunkedBody.of(seed(), slow(SIGNED, readSize), BYTES.length());

    assertThat(read(body, readSize)).isEqualTo(BYTES);
    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.trailers()).isEmpty();
  }

  static Stream<Case> refused() {
    var n = BYTES.length();
    return Stream.of(
        new Case(
            "another byte", SIGNED.replaceFirst("aaaa\r\n", "aaab\r\n"), n, "SignatureDoesNot"),
        new Case(
            "a chunk left out",
            SIGNED.substring(SIGNED.indexOf("400;chunk")),
            1024,
            "SignatureDoesNot"),
        new Case("no last chunk", SIGNED.substring(0, SIGNED.lastIndexOf("0;chunk")), n, "Incompl"),
        new Case("cut in a chunk", SIGNED.substring(0, 70_000 - 4_000), n, "IncompleteBody"),
        new Case("cut in a chunk's header", SIGNED.substring(0, 20), n, "IncompleteBody"),
        new Case("more than was announced", SIGNED, n - 1, "IncompleteBody"),
        new Case("fewer than were announced", SIGNED, n + 1, "IncompleteBody"),
        new Case("bytes after the end", SIGNED + "x", n, "InvalidRequest"),
        new Case("no signature", SIGNED.replaceFirst(";[^\r]*", ""), n, "InvalidRequest"),
        new Case("no length", "zz" + SIGNED, n, "InvalidRequest"),
        new Case("a length below zero", "-1" + SIGNED.substring(5), n, "InvalidRequest"),
        new Case("a length beyond a long", "f".repeat(16) + SIGNED.substring(5), n, "InvalidReq"),
        new Case("an endless header", "1;" + "x".repeat(9_999), n, "InvalidRequest"),
        new Case(
            "a chunk without its CRLF", SIGNED.replaceFirst("aa\r\n", "aa\n"), n, "InvalidReq"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void anythingElseIsRefused(Case c) {
    for (var size : new int[] {1, 2, 3, 4096}) {
      var body = bodyOf(c, size);

      assertThatThrownBy(() -> read(body, size))
          .as("read size %d", size)
          .hasMessageStartingWith(c.refusal());
    }
  }

  @Test
  void anUnsignedBodyEndsWithItsTrailer() throws Exception {
    var framed = "5\r\nhello\r\n3;x=y\r\n wo\r\n0\r\nX-Amz-Checksum-CRC32: abc= \r\n\r\n";
    var body = ChunkedBody.unsigned(slow(framed, 2), 8);

    assertThat(read(body, 3)).isEqualTo("hello wo");
    assertThat(body.trailers()).isEqualTo(Map.of("x-amz-checksum-crc32", "abc="));
  }

  static Stream<Case> refusedUnsigned() {
    return Stream.of(
        new Case("no trailer's end", "2\r\nhi\r\n0\r\nx-amz-checksum-crc32:a", 2, "IncompleteBody"),
        new Case("no end at all", "2\r\nhi\r\n0\r\n", 2, "IncompleteBody"),
        new Case("a trailer without colon", "0\r\nnonsense\r\n\r\n", 0, "MalformedTrailer"),
        new Case("a trailer twice", "0\r\na:b\r\na:c\r\n\r\n", 0, "MalformedTrailer"));
  }

  @ParameterizedTest
  @MethodSource("refusedUnsigned")
  void aMalformedTrailerIsRefused(Case c) {
    var body = ChunkedBody.unsigned(slow(c.body(), 4096), c.decodedLength());

    assertThatThrownBy(() -> read(body, 4096)).hasMessageStartingWith(c.refusal());
  }

  private static InputStream bodyOf(Case c, int readSize) {
    return ChunkedBody.of(seed(), slow(c.body(), readSize), c.decodedLength());
  }

  /// The published request, whose own signature seeds the chain.
  private static Payload.SignedChunks seed() {
    var headers =
        Map.of(
            "host", "s3.amazonaws.com",
            "x-amz-date", "20130524T000000Z",
            "x-amz-storage-class", "REDUCED_REDUNDANCY",
            "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "content-encoding", "aws-chunked",
            "x-amz-decoded-content-length", "66560",
            "content-length", "66824",
            "authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                    + " SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;"
                    + "x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,"
                    + " Signature="
                    + "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
    try {
      var head =
          RequestHead.parse(
              "id", "PUT", "/examplebucket/chunkObject.txt", Headers.of(headers.entrySet()));
      var seen =
          Verifier.verify(head, PublishedVectorsTest.KEYS, "us-east-1", PublishedVectorsTest.THEN);
      return (Payload.SignedChunks) seen.payload();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String chunk(String length, String signature, String bytes) {
    return length + ";chunk-signature=" + signature + "\r\n" + bytes + "\r\n";
  }

  /// A stream that gives at most `size` bytes a read, as a network does.
  static InputStream slow(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, size));
      }
    };
  }

  static String read(InputStream in, int size) throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[size];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
