package dev.assay.dataplane.s3;

import java.util.regex.Pattern;

/// Which bytes of an object a request wants.
sealed interface Range {
  record Whole() implements Range {}

  record Slice(long offset, long lengthBytes) implements Range {
    String contentRange(long sizeBytes) {
      return "bytes %d-%d/%d".formatted(offset, offset + lengthBytes - 1, sizeBytes);
    }
  }

  /// Begins after the last byte.
  record Unsatisfiable() implements Range {}

  Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /// Reads the `Range` header as S3 does: several ranges, or what is none, get the whole object.
  static Range of(String header, long sizeBytes) {
    var matcher = ONE.matcher(header.replace(" ", ""));
    if (!matcher.matches()) {
      return new Whole();
    }
    var first = matcher.group(1);
    var last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), sizeBytes);
    }
    var from = Long.parseLong(first);
    var to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return new Whole();
    }
    return from >= sizeBytes
        ? new Unsatisfiable()
        : new Slice(from, Math.min(to, sizeBytes - 1) - from + 1);
  }

  private static Range suffix(long wanted, long sizeBytes) {
    var length = Math.min(wanted, sizeBytes);
    return length == 0 ? new Unsatisfiable() : new Slice(sizeBytes - length, length);
  }
}
