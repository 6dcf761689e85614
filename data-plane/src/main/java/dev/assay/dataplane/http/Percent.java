package dev.assay.dataplane.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as Signature Version 4 defines it: unreserved characters of RFC 3986 stand for
/// themselves, every other byte of the UTF-8 form is `%XX` in upper case.
public final class Percent {
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /// Encodes a query name or value: slashes too.
  public static String encode(String text) {
    return encode(text, false);
  }

  /// Encodes a path or key: slashes stay.
  public static String encodePath(String text) {
    return encode(text, true);
  }

  private static String encode(String text, boolean keepSlash) {
    var out = new StringBuilder(text.length() + 16);
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      if (unreserved(c) || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
    return out.toString();
  }

  private static boolean unreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /// Decodes once.
  ///
  /// @param plusIsSpace as in queries; in paths a plus is a plus
  /// @throws RefusedException InvalidURI for a broken escape, for bytes outside ASCII, and for what
  ///   is not UTF-8
  public static String decode(String raw, boolean plusIsSpace) throws RefusedException {
    var bytes = new ByteArrayOutputStream(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == '%') {
        var high = digit(raw, i + 1);
        var low = digit(raw, i + 2);
        if (high < 0 || low < 0) {
          throw invalid("a percent sign is not followed by two hexadecimal digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c > 0x7e || c < 0x21) {
        throw invalid("a character is not percent-encoded");
      } else {
        bytes.write(plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// ASCII digits only: Character.digit would take those of other scripts.
  private static int digit(String raw, int at) {
    return at < raw.length() && raw.charAt(at) < 0x80 ? Character.digit(raw.charAt(at), 16) : -1;
  }

  private static String utf8(byte[] bytes) throws RefusedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid("the escapes are not UTF-8");
    }
  }

  private static RefusedException invalid(String why) {
    return S3Error.of(400, "InvalidURI", "Couldn't parse the specified URI: " + why + ".")
        .exception();
  }
}
