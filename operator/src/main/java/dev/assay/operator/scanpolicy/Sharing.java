package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.scan.Cache;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scan.ScanInputs;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who shares a vulnerability database within a namespace.
///
/// @param key of the database
/// @param policies all that use it, the oldest first
/// @param keeper the oldest of those that need to know its age: it owns the Jobs and acts for all;
///   empty when none needs it
record Sharing(String key, List<ScanPolicy> policies, Optional<ScanPolicy> keeper) {
  private static final Comparator<ScanPolicy> OLDEST_FIRST =
      Comparator.comparing((ScanPolicy p) -> p.getMetadata().getCreationTimestamp())
          .thenComparing(p -> p.getMetadata().getName());

  /// @param policy the one that is looked at, with its inputs
  /// @param all of its namespace
  /// @param images which image a policy runs
  static Sharing of(
      ScanPolicy policy,
      ScanInputs inputs,
      Collection<ScanPolicy> all,
      Function<ScanPolicySpec, EngineImage> images) {
    var key = Cache.of(policy.getSpec(), inputs).databaseKey(inputs);
    var sharing =
        all.stream()
            .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
            .filter(p -> keyOf(p, images).filter(key::equals).isPresent())
            .sorted(OLDEST_FIRST)
            .toList();
    return new Sharing(key, sharing, sharing.stream().filter(Sharing::asks).findFirst());
  }

  boolean isKeptBy(ScanPolicy policy) {
    return keeper
        .filter(p -> p.getMetadata().getUid().equals(policy.getMetadata().getUid()))
        .isPresent();
  }

  private static Optional<String> keyOf(
      ScanPolicy policy, Function<ScanPolicySpec, EngineImage> images) {
    if (!(images.apply(policy.getSpec()) instanceof EngineImage.Allowed(var image))) {
      return Optional.empty();
    }
    var inputs = ScanInputs.of(policy.getSpec(), image);
    return Optional.of(Cache.of(policy.getSpec(), inputs).databaseKey(inputs));
  }

  /// A shared cache must be filled; anything else only matters to who rescans for it. A suspended
  /// policy starts nothing.
  private static boolean asks(ScanPolicy policy) {
    return !isSuspended(policy.getSpec()) && needsDatabase(policy.getSpec());
  }

  static boolean isSuspended(ScanPolicySpec spec) {
    return Boolean.TRUE.equals(spec.suspend());
  }

  static boolean needsDatabase(ScanPolicySpec spec) {
    var rescan = spec.rescan();
    // The image does not matter to where the cache is.
    return Cache.of(spec, ScanInputs.of(spec, "")).mustBeFilled()
        || (rescan != null && Boolean.TRUE.equals(rescan.onDatabaseUpdate()));
  }
}
