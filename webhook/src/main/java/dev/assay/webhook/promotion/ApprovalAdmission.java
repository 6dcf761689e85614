package dev.assay.webhook.promotion;

import dev.assay.api.bucket.PromotionRules;
import dev.assay.api.bucket.PromotionRules.Approver;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.api.promotion.PromotionSpec.Approval;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.BucketFacts;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Refusal;
import java.util.List;
import java.util.Optional;

/// Whether what somebody says to a Promotion counts as theirs: each speaks for themselves, once,
/// and not for what they asked for, unless the target's owner lets them. No I/O.
///
/// What was said before cannot be changed or removed; the CRD sees to that.
public final class ApprovalAdmission {
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private ApprovalAdmission() {}

  /// @param target empty when there is no such Bucket
  public static Verdict decide(
      PromotionSpec is, PromotionSpec was, Caller caller, Optional<BucketFacts> target) {
    var added = is.approvals().stream().filter(a -> isNew(a, was.approvals())).toList();
    if (added.isEmpty()) {
      return Verdict.allow();
    }
    var others = added.stream().filter(a -> !a.user().equals(caller.username())).findFirst();
    if (others.isPresent()) {
      return denied(
          "spec.approvals has one by '%s', and '%s' sent it: each approves for themselves"
              .formatted(others.get().user(), caller.username()));
    }
    if (!isStamped(added.getFirst(), caller)) {
      return denied("spec.approvals was changed after the webhook had stamped it; send it again");
    }
    if (target.isEmpty() || target.get().promotion().isEmpty()) {
      return denied(
          "the target Bucket '%s' takes no Promotions any more"
              .formatted(is.target().bucketRef().name()));
    }
    return byRules(is, added.getFirst(), caller, target.get(), target.get().promotion().get());
  }

  private static boolean isNew(Approval approval, List<Approval> before) {
    return before.stream().noneMatch(old -> old.user().equals(approval.user()));
  }

  private static boolean isStamped(Approval approval, Caller caller) {
    var uid = approval.uid() == null ? "" : approval.uid();
    return approval.at() != null
        && uid.equals(caller.uid())
        && approval.groups().equals(caller.groups());
  }

  private static Verdict byRules(
      PromotionSpec is,
      Approval approval,
      Caller caller,
      BucketFacts target,
      PromotionRules rules) {
    var requester = is.requester();
    if (approval.decision() == PromotionSpec.Decision.Approve
        && requester != null
        && requester.username().equals(caller.username())
        && !Boolean.TRUE.equals(rules.allowSelfApproval())) {
      return denied(
          "'%s' asked for this Promotion and cannot approve it: somebody else has to (spec.promotion.allowSelfApproval of Bucket '%s/%s')"
              .formatted(caller.username(), target.namespace(), target.name()));
    }
    if (rules.approvers().stream().noneMatch(approver -> isOne(approver, caller))) {
      return denied(
          "'%s' is none of the approvers of Bucket '%s/%s' (spec.promotion.approvers there)"
              .formatted(caller.username(), target.namespace(), target.name()));
    }
    return new Verdict.AllowWith(
        Right.Approve,
        target.namespace(),
        List.of(target.name()),
        "an approval of a Promotion into it",
        List.of());
  }

  // Every service account is in groups that people would not think of.
  private static boolean isOne(Approver approver, Caller caller) {
    if (approver.user() != null) {
      return approver.user().equals(caller.username());
    }
    return !caller.username().startsWith(SERVICE_ACCOUNT)
        && caller.groups().contains(String.valueOf(approver.group()));
  }

  private static Verdict denied(String message) {
    return new Verdict.Deny(Refusal.ApprovalForbidden, message);
  }
}
