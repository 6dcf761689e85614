package dev.assay.webhook.bucket;

import dev.assay.api.bucket.BucketSpec;
import dev.assay.policy.scan.EffectivePolicy.BucketRules;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.ArtifactFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whether a Bucket may be written so: an edit that would set free what is quarantined in it is for
/// those who may release. No I/O.
public final class BucketAdmission {
  private BucketAdmission() {}

  /// @param was empty when it is created
  /// @param inNamespace Artifacts of the namespace that are held back
  /// @param exists whether the namespace has a ScanPolicy of that name
  public static Verdict decide(
      String namespace,
      String name,
      BucketSpec is,
      Optional<BucketSpec> was,
      List<ArtifactFacts> inNamespace,
      Predicate<String> exists) {
    var rules = BucketRules.of(name, is);
    var warnings = missing(rules, exists);
    var held = inNamespace.stream().filter(a -> a.bucket().equals(name)).toList();
    var loosened =
        was.filter(_ -> !held.isEmpty())
            .map(before -> loosened(BucketRules.of(name, before), rules, held))
            .orElse(List.of());
    return loosened.isEmpty()
        ? new Verdict.Allow(warnings)
        : new Verdict.AllowWith(
            Right.Release,
            namespace,
            List.of(name),
            "%d Artifacts in Bucket '%s' are quarantined, and %s"
                .formatted(held.size(), name, String.join("; ", loosened)),
            warnings);
  }

  // No refusal: who applies a folder with both must not fail for their order, least of all in a dry
  // run of all of it first, as Flux does.
  private static List<String> missing(BucketRules rules, Predicate<String> exists) {
    return Stream.concat(rules.defaultPolicy().stream(), rules.allowed().stream())
        .filter(exists.negate())
        .distinct()
        .map(policy ->
            "ScanPolicy '%s' does not exist in this namespace; what is under it is not served until it does"
                .formatted(policy))
        .toList();
  }

  private static List<String> loosened(BucketRules was, BucketRules is, List<ArtifactFacts> held) {
    List<String> what = new ArrayList<>();
    if (is.releasesImmediately() && !was.releasesImmediately()) {
      what.add("release: Immediately would serve them without a verdict");
    }
    if (!is.defaultPolicy().equals(was.defaultPolicy())
        && held.stream().anyMatch(a -> a.askedPolicy().isEmpty())) {
      what.add("another defaultScanPolicyRef would judge them by other rules");
    }
    held.stream()
        .flatMap(a -> a.askedPolicy().stream())
        .distinct()
        .filter(asked -> allows(is, asked) && !allows(was, asked))
        .forEach(asked ->
            what.add("ScanPolicy '%s', which they ask for, would be allowed".formatted(asked)));
    return what;
  }

  private static boolean allows(BucketRules rules, String policy) {
    return rules.defaultPolicy().contains(policy) || rules.allowed().contains(policy);
  }
}
