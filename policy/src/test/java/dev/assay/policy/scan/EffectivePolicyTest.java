package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.scan.EffectivePolicy.BucketRules;
import dev.assay.policy.scan.EffectivePolicy.Named;
import dev.assay.policy.scan.EffectivePolicy.Reason;
import dev.assay.policy.scan.EffectivePolicy.Refused;
import dev.assay.policy.scan.EffectivePolicy.Unscanned;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectivePolicyTest {
  private static final Set<String> EXISTING = Set.of("strict", "lax");

  record Case(String name, Optional<String> asked, BucketRules bucket, EffectivePolicy policy) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "the Bucket's default",
            Optional.empty(),
            bucket(Optional.of("strict"), List.of(), false),
            new Named("strict")),
        new Case(
            "asking for the default needs no leave",
            Optional.of("strict"),
            bucket(Optional.of("strict"), List.of(), false),
            new Named("strict")),
        new Case(
            "another one that the Bucket allows",
            Optional.of("lax"),
            bucket(Optional.of("strict"), List.of("lax"), false),
            new Named("lax")),
        new Case(
            "another one where the Bucket allows none",
            Optional.of("lax"),
            bucket(Optional.of("strict"), List.of(), false),
            notAllowed("none")),
        new Case(
            "another one that is not in the list",
            Optional.of("lax"),
            bucket(Optional.empty(), List.of("a", "b"), true),
            notAllowed("a, b")),
        new Case(
            "no policy at all is refused where only what passed is served",
            Optional.empty(),
            bucket(Optional.empty(), List.of("lax"), false),
            new Refused(
                Reason.ScanPolicyMissing,
                "Bucket 'releases' has no defaultScanPolicyRef, and releases only what a policy has"
                    + " passed; name a ScanPolicy there")),
        new Case(
            "no policy at all is fine where all is served",
            Optional.empty(),
            bucket(Optional.empty(), List.of(), true),
            new Unscanned()),
        new Case(
            "a default that does not exist is refused, even where all is served",
            Optional.empty(),
            bucket(Optional.of("gone"), List.of(), true),
            gone()),
        new Case(
            "an allowed one that does not exist is refused",
            Optional.of("gone"),
            bucket(Optional.of("strict"), List.of("gone"), false),
            gone()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rulesBelongToTheBucketsOwner(Case c) {
    assertThat(EffectivePolicy.of(c.asked(), c.bucket(), EXISTING::contains)).isEqualTo(c.policy());
  }

  private static BucketRules bucket(
      Optional<String> defaultPolicy, List<String> allowed, boolean immediately) {
    return BucketRules.of("releases", defaultPolicy, allowed, immediately);
  }

  private static Refused notAllowed(String list) {
    return new Refused(
        Reason.ScanPolicyNotAllowed,
        "Bucket 'releases' does not allow ScanPolicy 'lax' (allowedScanPolicies: "
            + list
            + "); remove scanPolicyRef, or ask the Bucket's owner to list it");
  }

  private static Refused gone() {
    return new Refused(
        Reason.ScanPolicyMissing,
        "ScanPolicy 'gone', asked for by way of Bucket 'releases', does not exist in this"
            + " namespace; create it");
  }
}
