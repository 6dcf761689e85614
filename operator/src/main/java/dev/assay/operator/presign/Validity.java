package dev.assay.operator.presign;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// From when and for how long a URL is good.
///
/// @param issuedAt whole seconds: the signature knows no fractions
/// @param life whole seconds, 1 s … `LONGEST`
public record Validity(Instant issuedAt, Duration life) {
  /// The longest life that SigV4 allows in a query (`X-Amz-Expires` ≤ 604,800 s).
  public static final Duration LONGEST = Duration.ofDays(7);

  public Validity {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    life = Duration.ofSeconds(Math.clamp(life.toSeconds(), 1, LONGEST.toSeconds()));
  }

  public Instant notAfter() {
    return issuedAt.plus(life);
  }
}
