package dev.assay.webhook;

import dev.assay.api.Vocabulary.Verbs;
import dev.assay.webhook.review.Refusal;

/// A right on a Bucket, which Kubernetes RBAC gives.
public enum Right {
  /// To set free what is quarantined.
  Release(Verbs.RELEASE, Refusal.ReleaseForbidden),
  /// To ask for a copy into it.
  Promote(Verbs.PROMOTE, Refusal.PromotionForbidden),
  /// To agree to a copy into it.
  Approve(Verbs.APPROVE, Refusal.ApprovalForbidden);

  private final String verb;
  private final Refusal refusal;

  Right(String verb, Refusal refusal) {
    this.verb = verb;
    this.refusal = refusal;
  }

  /// On `buckets.assay.dev`.
  String verb() {
    return verb;
  }

  /// What those are told who have it not.
  Refusal refusal() {
    return refusal;
  }
}
