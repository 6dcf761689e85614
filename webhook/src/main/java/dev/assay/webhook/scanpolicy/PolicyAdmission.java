package dev.assay.webhook.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.policy.scan.SpecRules;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.ArtifactFacts;
import dev.assay.webhook.review.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a ScanPolicy may be written so: exceptions end, and what it holds back is set free only
/// by those who may release. No I/O.
public final class PolicyAdmission {
  private PolicyAdmission() {}

  /// @param was empty when it is created
  /// @param held Artifacts that are quarantined under it
  public static Verdict decide(
      String namespace,
      String name,
      ScanPolicySpec is,
      Optional<ScanPolicySpec> was,
      List<ArtifactFacts> held,
      Instant now) {
    var before = was.map(ScanPolicySpec::exceptions).orElse(List.of());
    var unbounded = Exceptions.unbounded(before, is.exceptions(), now);
    if (unbounded.isPresent()) {
      return new Verdict.Deny(Refusal.ExceptionUnbounded, unbounded.get());
    }
    var warnings = new ArrayList<>(Exceptions.expired(before, is.exceptions(), now));
    warnings.addAll(SpecRules.of(is).problems());
    warnings.addAll(PolicyRules.problems(is));
    var ways = held.isEmpty() ? List.<String>of() : loosened(is, was, now);
    return ways.isEmpty()
        ? new Verdict.Allow(List.copyOf(warnings))
        : new Verdict.AllowWith(
            Right.Release,
            namespace,
            held.stream().map(ArtifactFacts::bucket).distinct().sorted().toList(),
            "%d Artifacts are quarantined under ScanPolicy '%s', and %s"
                .formatted(held.size(), name, String.join("; ", ways)),
            List.copyOf(warnings));
  }

  private static List<String> loosened(
      ScanPolicySpec is, Optional<ScanPolicySpec> was, Instant now) {
    return was.map(before -> Loosening.between(before, is, now))
        .orElse(List.of("what it was before it was deleted is not known"));
  }
}
