package dev.assay.dataplane.sigv4;

import dev.assay.dataplane.http.S3Error;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decodes an `aws-chunked` body: `<hex length>[;chunk-signature=<hex>]\r\n<bytes>\r\n`, ended by a
/// chunk of length 0 and, where the request says so, a trailer of headers.
///
/// Bytes are handed on before their chunk's signature is checked; a wrong one throws at the chunk's
/// end, so a reader must not publish anything before it has read -1.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">the
///   format</a>
public final class ChunkedBody extends InputStream {
  /// A chunk header is 16 hexadecimal digits and a signature at most; a trailer line a checksum.
  private static final int MAX_LINE = 512;

  private static final int MAX_TRAILERS = 16;
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";
  private static final String CHUNK_SIGNATURE = ";chunk-signature=";

  private final InputStream in;
  private final long decodedLength;
  private final @Nullable ChunkSigner signer;
  private final boolean trailer;
  private final MessageDigest chunkDigest = Hmac.digest();
  private final Map<String, String> trailers = new LinkedHashMap<>();

  private String chunkSignature = "";
  private long leftInChunk;
  private long decoded;
  private boolean atEnd;

  private ChunkedBody(
      InputStream in, long decodedLength, @Nullable ChunkSigner signer, boolean trailer) {
    this.in = in;
    this.decodedLength = decodedLength;
    this.signer = signer;
    this.trailer = trailer;
  }

  /// @param decodedLength of `x-amz-decoded-content-length`; another one is refused
  public static ChunkedBody of(Payload.SignedChunks payload, InputStream in, long decodedLength) {
    return new ChunkedBody(in, decodedLength, payload.seed(), payload.trailer());
  }

  public static ChunkedBody unsigned(InputStream in, long decodedLength) {
    return new ChunkedBody(in, decodedLength, null, true);
  }

  /// The trailer's headers, names in lower case; complete once -1 was read.
  public Map<String, String> trailers() {
    return Map.copyOf(trailers);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    var n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (leftInChunk == 0 && !atEnd) {
      startChunk();
    }
    if (atEnd) {
      return -1;
    }
    var n = in.read(buffer, offset, (int) Math.min(length, leftInChunk));
    if (n < 0) {
      throw cutShort();
    }
    if (signer != null) {
      chunkDigest.update(buffer, offset, n);
    }
    leftInChunk -= n;
    decoded += n;
    if (leftInChunk == 0) {
      endOfData();
      checkChunk();
    }
    return n;
  }

  private void startChunk() throws IOException {
    var line = line();
    var mark = line.indexOf(';');
    var digits = mark < 0 ? line : line.substring(0, mark);
    if (!digits.matches("[0-9a-fA-F]{1,15}")) {
      throw malformed("a chunk does not begin with its length in hexadecimal digits");
    }
    if (signer != null) {
      if (mark < 0 || !line.startsWith(CHUNK_SIGNATURE, mark)) {
        throw malformed("a chunk has no chunk-signature");
      }
      chunkSignature = line.substring(mark + CHUNK_SIGNATURE.length());
    }
    leftInChunk = Long.parseLong(digits, 16);
    if (leftInChunk > decodedLength - decoded) {
      throw wrongLength("more");
    }
    if (leftInChunk == 0) {
      checkChunk();
      finish();
    }
  }

  private void endOfData() throws IOException {
    if (in.read() != '\r' || in.read() != '\n') {
      throw malformed("a chunk is not followed by CRLF");
    }
  }

  private void checkChunk() throws IOException {
    if (signer == null) {
      return;
    }
    var due = signer.chunk(HexFormat.of().formatHex(chunkDigest.digest()));
    if (!Hmac.same(due, chunkSignature)) {
      throw mismatch("chunk");
    }
  }

  private void finish() throws IOException {
    if (decoded != decodedLength) {
      throw wrongLength("fewer");
    }
    if (trailer) {
      readTrailer();
    } else {
      endOfData();
    }
    if (in.read() >= 0) {
      throw malformed("bytes follow the last chunk");
    }
    atEnd = true;
  }

  private void readTrailer() throws IOException {
    var signed = Hmac.digest();
    var signature = "";
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      if (colon <= 0 || trailers.size() >= MAX_TRAILERS) {
        throw malformedTrailer();
      }
      var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      var value = line.substring(colon + 1).strip();
      if (name.equals(TRAILER_SIGNATURE)) {
        signature = value;
      } else if (!signature.isEmpty() || trailers.put(name, value) != null) {
        // After the signature nothing is covered by it.
        throw malformedTrailer();
      } else {
        signed.update((name + ":" + value + "\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (signer != null
        && !Hmac.same(signer.trailer(HexFormat.of().formatHex(signed.digest())), signature)) {
      throw mismatch("trailer");
    }
  }

  /// Up to a line feed; a carriage return before it is dropped.
  private String line() throws IOException {
    var text = new StringBuilder(96);
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw cutShort();
      }
      if (text.length() >= MAX_LINE) {
        throw malformed("a line of the framing is longer than " + MAX_LINE + " bytes");
      }
      text.append((char) b);
    }
    var end = text.length() - 1;
    if (end >= 0 && text.charAt(end) == '\r') {
      text.setLength(end);
    }
    return text.toString();
  }

  private static IOException mismatch(String what) {
    return S3Error.of(
            403,
            "SignatureDoesNotMatch",
            "The signature of a " + what + " of the body does not match what was received.")
        .exception();
  }

  private static IOException malformed(String why) {
    return S3Error.invalidRequest("The aws-chunked body is malformed: " + why + ".").exception();
  }

  private static IOException malformedTrailer() {
    return S3Error.of(
            400,
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed or did not conform to our"
                + " published schema.")
        .exception();
  }

  private IOException wrongLength(String which) {
    return S3Error.of(
            400,
            "IncompleteBody",
            "The chunks hold %s bytes than x-amz-decoded-content-length says, which is %d."
                .formatted(which, decodedLength))
        .exception();
  }

  private static IOException cutShort() {
    return S3Error.of(
            400, "IncompleteBody", "The body ends before the last chunk, which has length 0.")
        .exception();
  }
}
