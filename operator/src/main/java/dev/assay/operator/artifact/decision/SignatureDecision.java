package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus.Verification;
import dev.assay.operator.status.Draft;
import dev.assay.policy.signature.Check;
import dev.assay.policy.signature.Finding.SignedBy;
import dev.assay.policy.signature.RuleVerdict;
import dev.assay.policy.signature.Sha256;
import dev.assay.policy.signature.SignatureCheck;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the signatures that are asked for hold over the bytes that are stored.
final class SignatureDecision {
  /// Secrets are not watched (decision 5): one that is awaited is looked for.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN_AFTER_REFUSAL = Duration.ofMinutes(5);

  private SignatureDecision() {}

  static Judged decide(Observed seen, StoredVersion version, StatusDraft draft, Instant now) {
    return switch (seen.signing()) {
      case Sights.Signing.NotAsked() -> {
        draft.verification(null);
        draft.without(ConditionTypes.SOURCE_VERIFIED);
        yield Judged.of(new Gate.Pass(""));
      }
      case Sights.Signing.Unreadable(var message) -> unreadable(version, draft, message, now);
      case Sights.Signing.Given given -> judged(given, version, draft, now);
    };
  }

  /// Both gates as one: what is bad wins over what is awaited.
  static Judged with(Judged signed, Judged scanned) {
    var gate =
        switch (signed.gate()) {
          case Gate.Block block -> block;
          case Gate.Pending pending -> scanned.gate() instanceof Gate.Block block ? block : pending;
          case Gate.Pass _ -> scanned.gate();
        };
    var both = new Judged(gate, scanned.next(), scanned.wakeAt());
    return signed.wakeAt().map(both::wakingAt).orElse(both);
  }

  // What was verified stays so while the Secret is away for a moment; what was released before
  // anybody asked does not.
  private static Judged unreadable(
      StoredVersion version, StatusDraft draft, String message, Instant now) {
    if (draft.verified() != null) {
      return Judged.of(new Gate.Pass("")).wakingAt(now.plus(LOOK_AGAIN));
    }
    return version.state() == VersionState.Released
        ? refused(draft, message, now)
        : awaiting(draft, message, now);
  }

  private static Judged awaiting(StatusDraft draft, String message, Instant now) {
    var meanwhile =
        Draft.unknown(ConditionTypes.SOURCE_VERIFIED, Reasons.AWAITING_SIGNATURE, message);
    draft.condition(meanwhile);
    return Judged.of(
            new Gate.Pending(Standing.waiting(Reasons.AWAITING_SIGNATURE, message), meanwhile))
        .wakingAt(now.plus(LOOK_AGAIN));
  }

  private static Judged judged(
      Sights.Signing.Given given, StoredVersion version, StatusDraft draft, Instant now) {
    var digest = new Sha256(version.sha256());
    var signatures = given.signatures();
    for (var rule : given.rules()) {
      var verdict = SignatureCheck.judge(rule, signatures, digest);
      if (verdict instanceof RuleVerdict.NotMet(var _, var check, var message)) {
        var missing = check == Check.Present || (given.beside() && check == Check.Digest);
        return missing && version.state() == VersionState.Staged
            ? awaiting(draft, message, now)
            : refused(draft, message, now);
      }
      if (verdict instanceof RuleVerdict.Met met && rule.equals(given.rules().getFirst())) {
        draft.verification(record(met.rule(), met.by(), signatures, draft.verified(), now));
        draft.condition(
            Draft.holds(ConditionTypes.SOURCE_VERIFIED, Reasons.SUCCEEDED, met.sentence()));
      }
    }
    return Judged.of(new Gate.Pass(""));
  }

  private static Judged refused(StatusDraft draft, String message, Instant now) {
    draft.verification(null);
    draft.condition(
        Draft.fails(ConditionTypes.SOURCE_VERIFIED, Reasons.VERIFICATION_ERROR, message));
    return Judged.of(new Gate.Block(Reasons.VERIFICATION_ERROR, message))
        .wakingAt(now.plus(LOOK_AGAIN_AFTER_REFUSAL));
  }

  // The time of the first check stays while what was found is the same.
  private static Verification record(
      String rule, SignedBy by, List<String> signatures, @Nullable Verification was, Instant now) {
    var digest = Sha256.of(String.join("\n", signatures)).toString();
    var at = now.truncatedTo(SECONDS);
    var is =
        switch (by) {
          case SignedBy.Key(var fingerprint) ->
              new Verification(at, null, null, fingerprint, digest, rule);
          case SignedBy.Identity(var subject, var issuer, var _) ->
              new Verification(at, subject, issuer, null, digest, rule);
        };
    return was != null && is.equals(at(was, at)) ? was : is;
  }

  private static Verification at(Verification of, Instant time) {
    return new Verification(
        time, of.identity(), of.issuer(), of.keyFingerprint(), of.bundleDigest(), of.verifier());
  }
}
