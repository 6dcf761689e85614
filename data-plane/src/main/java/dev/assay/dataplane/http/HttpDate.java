package dev.assay.dataplane.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Dates in headers: RFC 9110's IMF-fixdate, whose day always has two digits. The JDK's own RFC
/// 1123 formatter writes one where one is enough.
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  public static String format(Instant time) {
    return FORMAT.format(time);
  }
}
