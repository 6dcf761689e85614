package dev.assay.webhook.promotion;

import dev.assay.api.artifact.Scan;
import dev.assay.api.bucket.PromotionRules;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.policy.signature.Finding.SignedBy;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.ArtifactFacts;
import dev.assay.webhook.known.BucketFacts;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether a Promotion may be asked for: its bytes are the Artifact's, and signature and verdict
/// are as the target Bucket demands. All of it is looked at again when the Promotion runs. No I/O.
public final class PromotionAdmission {
  private PromotionAdmission() {}

  /// @param namespace the Promotion's
  /// @param source empty when there is no such Artifact
  /// @param target empty when there is no such Bucket
  /// @param targetPolicy the target's default; empty when it has none, or it does not exist
  public static Verdict decide(
      String namespace,
      PromotionSpec spec,
      Caller caller,
      Optional<ArtifactFacts> source,
      Optional<BucketFacts> target,
      Optional<PolicyFacts> targetPolicy,
      Instant now) {
    if (source.isEmpty()) {
      return impossible(
          "Artifact '%s' does not exist in namespace '%s'"
              .formatted(spec.artifactRef().name(), namespace));
    }
    if (target.isEmpty()) {
      return impossible("Bucket '%s' does not exist".formatted(targetName(namespace, spec)));
    }
    var from = source.get();
    var to = target.get();
    return notByCaller(spec, caller)
        .or(() -> refusedByTarget(from, to))
        .or(() -> otherBytes(spec, from))
        .or(() -> notClean(from, now))
        .or(() -> targetPolicy.flatMap(policy -> unsigned(from, to, policy)))
        .orElseGet(() ->
            new Verdict.AllowWith(
                Right.Promote,
                to.namespace(),
                List.of(to.name()),
                "a Promotion into it",
                List.of()));
  }

  private static Optional<Verdict> notByCaller(PromotionSpec spec, Caller caller) {
    var requester = spec.requester();
    if (requester == null || !requester.username().equals(caller.username())) {
      return Optional.of(
          new Verdict.Deny(
              Refusal.PromotionForbidden,
              "spec.requester is written by the webhook, and is not '%s', who sent it; leave it out"
                  .formatted(caller.username())));
    }
    return spec.approvals().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Verdict.Deny(
                Refusal.ApprovalForbidden,
                "a Promotion is created without spec.approvals: each is added by who approves"));
  }

  private static String targetName(String namespace, PromotionSpec spec) {
    var ref = spec.target().bucketRef();
    return "%s/%s".formatted(ref.namespace() == null ? namespace : ref.namespace(), ref.name());
  }

  private static Verdict impossible(String message) {
    return new Verdict.Deny(Refusal.PromotionImpossible, message);
  }

  private static Optional<Verdict> refusedByTarget(ArtifactFacts from, BucketFacts to) {
    if (to.promotion().isEmpty()) {
      return Optional.of(
          impossible(
              "Bucket '%s/%s' takes no Promotions: its owner has to set spec.promotion"
                  .formatted(to.namespace(), to.name())));
    }
    var taken =
        to.promotion().get().from().stream().anyMatch(origin -> isOf(origin, from, to.namespace()));
    return taken
        ? Optional.empty()
        : Optional.of(
            impossible(
                "Bucket '%s/%s' takes no Promotions from Bucket '%s/%s': its owner has to list it in spec.promotion.from"
                    .formatted(to.namespace(), to.name(), from.namespace(), from.bucket())));
  }

  private static boolean isOf(
      PromotionRules.Origin origin, ArtifactFacts from, String targetNamespace) {
    var namespace = origin.namespace() == null ? targetNamespace : origin.namespace();
    return namespace.equals(from.namespace())
        && (origin.bucket() == null || origin.bucket().equals(from.bucket()));
  }

  private static Optional<Verdict> otherBytes(PromotionSpec spec, ArtifactFacts from) {
    var asked = spec.artifactRef().digest();
    return from.digest().filter(asked::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Verdict.Deny(
                Refusal.DigestMismatch,
                "spec.artifactRef.digest is %s, and Artifact '%s' holds %s"
                    .formatted(
                        asked,
                        from.name(),
                        from.digest().orElse("nothing yet: wait for it to be Ready"))));
  }

  private static Optional<Verdict> notClean(ArtifactFacts from, Instant now) {
    if (from.quarantined()) {
      return notClean(from, "is quarantined");
    }
    var verdict = from.verdict();
    if (verdict.isEmpty() || verdict.get() != Scan.Verdict.Clean) {
      return notClean(
          from, verdict.map(v -> "has the verdict " + v).orElse("has not been scanned yet"));
    }
    return from.verdictValidUntil().filter(now::isBefore).isPresent()
        ? Optional.empty()
        : notClean(from, "has a verdict that is too old; wait for its next scan");
  }

  private static Optional<Verdict> notClean(ArtifactFacts from, String why) {
    return Optional.of(
        new Verdict.Deny(Refusal.NotClean, "Artifact '%s' %s".formatted(from.name(), why)));
  }

  private static Optional<Verdict> unsigned(
      ArtifactFacts from, BucketFacts to, PolicyFacts policy) {
    return switch (policy.signatures()) {
      case PolicyRules.Read.Unusable(var why) ->
          Optional.of(
              new Verdict.Deny(
                  Refusal.PolicyUnusable,
                  "ScanPolicy '%s/%s' of the target wants signatures, and cannot check them: %s"
                      .formatted(policy.namespace(), policy.name(), why)));
      case PolicyRules.Read.Usable(var rules) ->
          rules.rules().isEmpty()
                  || signedBy(from)
                      .filter(
                          by -> rules.rules().stream().anyMatch(rule -> rule.signer().accepts(by)))
                      .isPresent()
              ? Optional.empty()
              : Optional.of(
                  new Verdict.Deny(
                      signedBy(from).isEmpty()
                          ? Refusal.SignatureMissing
                          : Refusal.SignatureInvalid,
                      "Bucket '%s/%s' wants a signature by ScanPolicy '%s', and Artifact '%s' %s"
                          .formatted(
                              to.namespace(),
                              to.name(),
                              policy.name(),
                              from.name(),
                              signedBy(from)
                                  .map(by -> "is signed by " + shown(by))
                                  .orElse("has none that was verified"))));
    };
  }

  private static Optional<SignedBy> signedBy(ArtifactFacts from) {
    return from.signature()
        .flatMap(verified -> {
          var key = verified.keyFingerprint();
          var subject = verified.identity();
          var issuer = verified.issuer();
          if (key != null) {
            return Optional.of(new SignedBy.Key(key));
          }
          return subject == null || issuer == null
              ? Optional.empty()
              : Optional.of(new SignedBy.Identity(subject, issuer, Optional.empty()));
        });
  }

  private static String shown(SignedBy by) {
    return switch (by) {
      case SignedBy.Key(var fingerprint) -> "key " + fingerprint;
      case SignedBy.Identity(var subject, var issuer, var _) -> subject + " of " + issuer;
    };
  }
}
