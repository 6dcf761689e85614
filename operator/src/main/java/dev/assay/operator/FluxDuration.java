package dev.assay.operator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/// Reads durations as Flux writes them (`1h30m`, `0.5s`, `250ms`).
public final class FluxDuration {
  private static final Pattern WHOLE = Pattern.compile("^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private FluxDuration() {}

  /// @throws IllegalArgumentException for anything that the CRD's pattern refuses
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a duration such as 1h30m: " + text);
    }
    var sum = Duration.ZERO;
    var part = PART.matcher(text);
    while (part.find()) {
      var unit = nanos(part.group(2));
      sum = sum.plusNanos(new BigDecimal(part.group(1)).multiply(unit).longValue());
    }
    return sum;
  }

  private static BigDecimal nanos(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ms" -> Duration.ofMillis(1).toNanos();
          case "s" -> Duration.ofSeconds(1).toNanos();
          case "m" -> Duration.ofMinutes(1).toNanos();
          default -> Duration.ofHours(1).toNanos();
        });
  }
}
