package dev.assay.policy.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a ScanPolicy's exceptions stand at one instant.
///
/// @param active those that hold, the ones that expire soon included
/// @param expiringSoon those that hold and end within `SOON`
/// @param expired those that no longer hold
public record ExceptionLedger(int active, int expiringSoon, int expired) {
  /// How long before its end an exception is called out: a working week with its weekend, so that
  /// somebody sees it in time.
  public static final Duration SOON = Duration.ofDays(7);

  public static ExceptionLedger at(Instant now, List<Exemption> exemptions) {
    var active = exemptions.stream().filter(e -> e.activeAt(now)).toList();
    var soon = active.stream().filter(e -> !e.activeAt(now.plus(SOON))).count();
    return new ExceptionLedger(active.size(), (int) soon, exemptions.size() - active.size());
  }

  /// The next instant at which these numbers change by themselves.
  public static Optional<Instant> changesAt(Instant now, List<Exemption> exemptions) {
    return exemptions.stream()
        .flatMap(e -> Stream.of(e.expiresAt().minus(SOON), e.expiresAt()))
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }
}
