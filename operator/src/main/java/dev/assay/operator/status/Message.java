package dev.assay.operator.status;

import java.util.regex.Pattern;

/// A sentence for people in a condition or an Event: bounded, on one line, without a signed URL.
final class Message {
  /// An Event's note may hold 1,024 bytes (events.k8s.io/v1); a condition's message could hold
  /// more, but is read in the same places.
  static final int LONGEST_BYTES = 1_024;

  // Messages are made from our own words. This is the second lock: the query of a presigned URL
  // (SigV4's X-Amz-*) lets its reader in, so no exception's text may carry one here.
  private static final Pattern SIGNED_QUERY = Pattern.compile("\\?\\S*X-Amz-\\S*");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Message() {}

  static String of(String text) {
    var plain = SIGNED_QUERY.matcher(SPACE.matcher(text).replaceAll(" ").strip()).replaceAll("?…");
    var bytes = 0;
    for (var at = 0; at < plain.length(); ) {
      var c = plain.codePointAt(at);
      bytes += utf8Length(c);
      if (bytes > LONGEST_BYTES) {
        return cut(plain, at);
      }
      at += Character.charCount(c);
    }
    return plain;
  }

  // The ellipsis takes three bytes, so up to three characters more must go.
  private static String cut(String text, int at) {
    var end = text.offsetByCodePoints(at, -3);
    return text.substring(0, end) + "…";
  }

  private static int utf8Length(int c) {
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return c < 0x10000 ? 3 : 4;
  }
}
