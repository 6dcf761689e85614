package dev.assay.operator.bucket;

import dev.assay.api.bucket.BucketStatus;
import dev.assay.api.bucket.BucketStatus.ArtifactCounts;
import dev.assay.api.bucket.BucketStatus.DataPlaneStatus;
import dev.assay.api.bucket.BucketStatus.Endpoints;
import dev.assay.api.bucket.BucketStatus.Usage;
import dev.assay.operator.bucket.Observed.Reach;
import dev.assay.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From facts and a decision to the status to write. Pure.
///
/// @param numbersDueIn when numbers that differ may be written; empty when they are written or
///   equal
record DraftStatus(BucketStatus status, Optional<Duration> numbersDueIn) {
  /// Numbers move with every upload; etcd should not (decision 18).
  static final Duration NUMBERS_AT_MOST_EVERY = Duration.ofSeconds(30);

  private record Numbers(@Nullable Usage usage, @Nullable ArtifactCounts artifacts) {}

  /// @param generation of the Bucket that was observed
  /// @param requestedAt the annotation that asked for this reconciliation, if any
  static DraftStatus of(
      Observed seen,
      BucketDecision decision,
      long generation,
      @Nullable String requestedAt,
      Instant now) {
    var was = seen.was();
    var had = was.map(s -> new Numbers(s.usage(), s.artifacts())).orElse(new Numbers(null, null));
    var has = numbers(seen, had, now);
    var wait = has.equals(had) ? Duration.ZERO : untilDue(had, now);
    var shown = wait.isPositive() ? had : has;
    var status =
        new BucketStatus(
            generation,
            decision.phase(),
            new Endpoints(BucketNames.internalEndpoint(seen.name(), seen.namespace()), null),
            BucketNames.claim(seen.name()),
            new DataPlaneStatus(
                seen.servers().wanted(), seen.servers().ready(), configurationInForce(seen)),
            shown.usage(),
            shown.artifacts(),
            was.map(BucketStatus::retentionPlan).orElse(null),
            was.map(BucketStatus::audit).orElse(List.of()),
            requestedAt,
            Conditions.merge(
                was.map(BucketStatus::conditions).orElse(List.of()),
                decision.drafts(),
                generation,
                now));
    return new DraftStatus(status, wait.isPositive() ? Optional.of(wait) : Optional.empty());
  }

  /// The numbers as they are, equal to the old ones where nothing but the time is another.
  private static Numbers numbers(Observed seen, Numbers had, Instant now) {
    var counts = seen.counts();
    var artifacts = new ArtifactCounts(counts.total(), counts.ready(), counts.quarantined());
    if (!(seen.reach() instanceof Reach.Answers(var store))) {
      return new Numbers(had.usage(), artifacts);
    }
    var old = had.usage();
    var sameUsage =
        old != null
            && Long.valueOf(store.objects()).equals(old.objects())
            && Long.valueOf(store.bytes()).equals(old.bytes());
    if (sameUsage && artifacts.equals(had.artifacts())) {
      return had;
    }
    return new Numbers(
        new Usage(store.objects(), store.bytes(), now.truncatedTo(ChronoUnit.SECONDS)), artifacts);
  }

  private static Duration untilDue(Numbers had, Instant now) {
    var usage = had.usage();
    var at = usage == null ? null : usage.observedAt();
    return at == null ? Duration.ZERO : Duration.between(now, at.plus(NUMBERS_AT_MOST_EVERY));
  }

  private static @Nullable String configurationInForce(Observed seen) {
    return seen.reach() instanceof Reach.Answers(var store)
        ? store.configurationDigest()
        : seen.was()
            .map(BucketStatus::dataPlane)
            .map(DataPlaneStatus::configurationDigest)
            .orElse(null);
  }
}
