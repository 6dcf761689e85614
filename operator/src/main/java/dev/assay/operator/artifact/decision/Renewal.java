package dev.assay.operator.artifact.decision;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When a presigned URL is replaced by a fresh one: at two thirds of its life, as cert-manager does
/// with certificates, less up to a tenth of it that differs between Artifacts.
public final class Renewal {
  private Renewal() {}

  /// The instant of renewal, in whole seconds.
  public static Instant time(Instant issuedAt, Duration life, String uid) {
    return issuedAt
        .plus(life.multipliedBy(2).dividedBy(3))
        .minus(Spread.of(uid, life.dividedBy(10)))
        .truncatedTo(ChronoUnit.SECONDS);
  }
}
