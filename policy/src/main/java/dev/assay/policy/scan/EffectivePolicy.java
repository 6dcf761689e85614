package dev.assay.policy.scan;

import dev.assay.api.LocalRef;
import dev.assay.api.bucket.BucketSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Whose ScanPolicy judges an Artifact: the Bucket's default, unless the Artifact names another one
/// that the Bucket allows. Rules belong to the owner of the Bucket, never to the request.
public sealed interface EffectivePolicy {
  /// This ScanPolicy, in the Bucket's namespace, is in force, and exists.
  record Named(String name) implements EffectivePolicy {}

  /// No policy is asked for, and the Bucket serves what it gets without a scan (`release:
  /// Immediately`).
  record Unscanned() implements EffectivePolicy {}

  /// Nothing may be released until a person acts: Stalled with this reason.
  record Refused(Reason reason, String message) implements EffectivePolicy {}

  enum Reason {
    /// No policy is named, or the named one does not exist.
    ScanPolicyMissing,
    /// The Artifact names a policy that the Bucket does not allow.
    ScanPolicyNotAllowed
  }

  /// What of a Bucket says whose policy is in force.
  ///
  /// @param name of the Bucket, for messages
  /// @param defaultPolicy empty when the Bucket has none
  /// @param allowed other policies that an Artifact may name; empty allows none
  /// @param releasesImmediately whether the Bucket serves without a verdict
  record BucketRules(
      String name, List<String> defaultPolicy, List<String> allowed, boolean releasesImmediately) {
    public static BucketRules of(String name, BucketSpec spec) {
      return of(
          name,
          Optional.ofNullable(spec.defaultScanPolicyRef()).map(LocalRef::name),
          spec.allowedScanPolicies(),
          spec.release() == BucketSpec.Release.Immediately);
    }

    public static BucketRules of(
        String name,
        Optional<String> defaultPolicy,
        List<String> allowed,
        boolean releasesImmediately) {
      return new BucketRules(
          name, defaultPolicy.stream().toList(), List.copyOf(allowed), releasesImmediately);
    }
  }

  /// Decides which policy is in force.
  ///
  /// @param asked what the Artifact names, if anything
  /// @param exists whether the namespace has a ScanPolicy of that name
  static EffectivePolicy of(Optional<String> asked, BucketRules bucket, Predicate<String> exists) {
    var isDefault = asked.isEmpty() || bucket.defaultPolicy().contains(asked.get());
    if (!isDefault && !bucket.allowed().contains(asked.get())) {
      return notAllowed(asked.get(), bucket);
    }
    var name = asked.or(() -> bucket.defaultPolicy().stream().findFirst());
    if (name.isEmpty()) {
      return bucket.releasesImmediately() ? new Unscanned() : nothingNamed(bucket);
    }
    return exists.test(name.get()) ? new Named(name.get()) : missing(name.get(), bucket);
  }

  private static Refused notAllowed(String asked, BucketRules bucket) {
    return new Refused(
        Reason.ScanPolicyNotAllowed,
        "Bucket '%s' does not allow ScanPolicy '%s' (allowedScanPolicies: %s); remove scanPolicyRef, or ask the Bucket's owner to list it"
            .formatted(
                bucket.name(),
                asked,
                bucket.allowed().isEmpty() ? "none" : String.join(", ", bucket.allowed())));
  }

  private static Refused nothingNamed(BucketRules bucket) {
    return new Refused(
        Reason.ScanPolicyMissing,
        "Bucket '%s' has no defaultScanPolicyRef, and releases only what a policy has passed; name a ScanPolicy there"
            .formatted(bucket.name()));
  }

  private static Refused missing(String name, BucketRules bucket) {
    return new Refused(
        Reason.ScanPolicyMissing,
        "ScanPolicy '%s', asked for by way of Bucket '%s', does not exist in this namespace; create it"
            .formatted(name, bucket.name()));
  }
}
