package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// User metadata between headers, which are bytes, and the store, which keeps text. Non-ASCII comes
/// as UTF-8 bytes or as RFC 2047 words, and goes out as RFC 2047 words, as S3 does.
final class Metadata {
  private static final String PREFIX = "x-amz-meta-";

  /// S3's limit of names and values together.
  private static final int MAX_BYTES = 2_048;

  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?(?i:utf-8)\\?([BbQq])\\?([^? ]*)\\?=");

  private Metadata() {}

  /// @throws RefusedException MetadataTooLarge
  static Map<String, String> read(Headers headers) throws RefusedException {
    var found = new TreeMap<String, String>();
    var bytes = 0;
    for (var name : headers.names()) {
      if (name.startsWith(PREFIX)) {
        var value = decode(headers.value(name).orElse(""));
        var key = name.substring(PREFIX.length());
        bytes += key.length() + value.getBytes(StandardCharsets.UTF_8).length;
        found.put(key, value);
      }
    }
    if (bytes > MAX_BYTES) {
      throw S3Error.of(
              400,
              "MetadataTooLarge",
              "Your metadata headers exceed the maximum allowed metadata size.")
          .with("Size", Integer.toString(bytes))
          .with("MaxSizeAllowed", Integer.toString(MAX_BYTES))
          .exception();
    }
    return found;
  }

  static void write(Map<String, String> metadata, Map<String, String> headers) {
    metadata.forEach((name, value) -> headers.put(PREFIX + name, encode(value)));
  }

  /// The value of any header as text.
  static String decode(String value) {
    var text = utf8(value);
    var matcher = ENCODED_WORD.matcher(text);
    var out = new StringBuilder();
    while (matcher.find()) {
      var word = word(matcher.group(1), matcher.group(2));
      matcher.appendReplacement(out, java.util.regex.Matcher.quoteReplacement(word));
    }
    return matcher.appendTail(out).toString();
  }

  /// Fit for a header.
  static String encode(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
        ? text
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  private static String utf8(String bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }

  private static String word(String encoding, String text) {
    try {
      var bytes = encoding.equalsIgnoreCase("B") ? Base64.getDecoder().decode(text) : quoted(text);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "=?UTF-8?" + encoding + "?" + text + "?=";
    }
  }

  private static byte[] quoted(String text) {
    var out = new java.io.ByteArrayOutputStream();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '=') {
        if (i + 2 >= text.length()) {
          throw new IllegalArgumentException("cut escape");
        }
        out.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(c == '_' ? ' ' : c);
      }
    }
    return out.toByteArray();
  }
}
