package dev.assay.operator.artifact.decision;

import dev.assay.api.StoredRef;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.artifact.decision.Sights.FindingsFile;
import dev.assay.policy.scan.ScanVerdict;
import dev.assay.wire.scan.Findings;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// The rules of today over what was found then: an exception's edit or end scans nothing.
final class Rejudging {
  private Rejudging() {}

  /// Empty when the verdict that stands is what today's rules say.
  static Optional<Judged> step(ScanCase at) {
    var last = at.memory();
    var scannedAt = last.scannedAt();
    if (last.verdict() == null || scannedAt == null || !isNeeded(at, last, scannedAt)) {
      return Optional.empty();
    }
    var ref = last.findingsRef();
    if (ref == null) {
      return remembering(at, readAnew(last, at.policy()).build());
    }
    return switch (at.scanning().findings(ref)) {
      case FindingsFile.Read(var findings) -> over(findings, at, last, scannedAt);
      case FindingsFile.Unreadable _ -> lost(at, last);
      case FindingsFile.NotRead _ -> Optional.of(reading(at, ref));
    };
  }

  private static boolean isNeeded(ScanCase at, Scan last, Instant scannedAt) {
    var policy = at.policy();
    var lapsed =
        last.validUntil() != null
            && !at.now().isBefore(last.validUntil())
            && at.now().isBefore(scannedAt.plus(policy.maxReportAge()));
    return lapsed
        || !policy.name().equals(last.policy())
        || !Objects.equals(policy.generation(), last.policyGeneration())
        // Labels move no generation, so a policy that selects by them is asked each time.
        || (policy.selects() && last.findingsRef() != null);
  }

  private static Judged reading(ScanCase at, StoredRef ref) {
    return Judged.of(at.standingOr("Judging", "reading the findings"), new Next.ReadFindings(ref));
  }

  private static Optional<Judged> over(
      Findings findings, ScanCase at, Scan last, Instant scannedAt) {
    var verdict = ScanVerdict.of(findings, at.policy().rules(), at.subject().labels(), at.now());
    var today = VerdictRecord.write(ScanBuilder.of(last), verdict, at.policy(), scannedAt).build();
    if (today.equals(last)) {
      return Optional.empty();
    }
    at.draft().scan(today);
    return Optional.of(Judged.of(VerdictRecord.gate(verdict), new Next.Remember()));
  }

  // Nothing is left to judge by: the verdict stands, and the bytes are scanned again.
  private static Optional<Judged> lost(ScanCase at, Scan last) {
    return remembering(at, readAnew(last, at.policy()).findingsRef(null).inputsHash(null).build());
  }

  private static ScanBuilder readAnew(Scan last, PolicySight.InForce policy) {
    return ScanBuilder.of(last)
        .policy(policy.name())
        .policyGeneration(policy.generation())
        .validUntil(Objects.requireNonNull(last.scannedAt()).plus(policy.maxReportAge()));
  }

  private static Optional<Judged> remembering(ScanCase at, Scan scan) {
    if (scan.equals(at.memory())) {
      return Optional.empty();
    }
    at.draft().scan(scan);
    return Optional.of(
        Judged.of(at.standingOr("Judging", "judging by new rules"), new Next.Remember()));
  }
}
