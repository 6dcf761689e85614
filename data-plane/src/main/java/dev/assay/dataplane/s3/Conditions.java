package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// The conditional headers of a read, in the order of RFC 9110, 13.2.2.
final class Conditions {
  private Conditions() {}

  enum Outcome {
    Proceed,
    NotModified,
    PreconditionFailed
  }

  /// @param etag without quotes
  static Outcome judge(Headers headers, String etag, Instant modified) {
    var since = modified.truncatedTo(ChronoUnit.SECONDS);
    var match = headers.value("if-match");
    if (match.isPresent()) {
      if (!names(match.get(), etag)) {
        return Outcome.PreconditionFailed;
      }
    } else if (date(headers, "if-unmodified-since").filter(since::isAfter).isPresent()) {
      return Outcome.PreconditionFailed;
    }
    var noneMatch = headers.value("if-none-match");
    if (noneMatch.isPresent()) {
      return names(noneMatch.get(), etag) ? Outcome.NotModified : Outcome.Proceed;
    }
    var modifiedSince = date(headers, "if-modified-since");
    return modifiedSince.isPresent() && !since.isAfter(modifiedSince.get())
        ? Outcome.NotModified
        : Outcome.Proceed;
  }

  /// Whether `If-Range` lets a range stand; otherwise the whole object is sent.
  static boolean rangeStands(Headers headers, String etag, Instant modified) {
    var given = headers.value("if-range");
    if (given.isEmpty()) {
      return true;
    }
    return names(given.get(), etag)
        || date(headers, "if-range")
            .filter(modified.truncatedTo(ChronoUnit.SECONDS)::equals)
            .isPresent();
  }

  private static boolean names(String list, String etag) {
    return Stream.of(list.split(",", -1))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .map(Conditions::unquoted)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  /// Clients send ETags with and without quotes.
  static String unquoted(String tag) {
    return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
        ? tag.substring(1, tag.length() - 1)
        : tag;
  }

  /// A date that cannot be read is ignored, as RFC 9110, 13.1.3 asks.
  private static Optional<Instant> date(Headers headers, String name) {
    try {
      return headers
          .value(name)
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
