package dev.assay.webhook.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.bucket.PromotionRules;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.policy.scan.EffectivePolicy.BucketRules;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.known.BucketFacts;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalAdmissionTest {
  private static final Caller BOB = caller("bob", "release-managers");
  private static final Caller ANN = caller("ann", "release-managers");
  private static final Caller ROBOT = caller("system:serviceaccount:ci:robot", "release-managers");
  private static final String OLD = "{user: carl, decision: Approve, at: '2026-11-22T12:00:00Z'}";
  private static final String BY_BOB =
      "{user: bob, decision: Approve, at: '2026-11-22T12:00:00Z', uid: '7', groups: [release-managers]}";
  private static final String RULES = "from: [{}]\napprovers: [{group: release-managers}]";

  /// @param says what the refusal contains; empty when the right is asked for
  record Case(
      String name, String approvals, Caller caller, @Nullable BucketFacts target, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var target = target(RULES);
    return Stream.of(
        new Case("by an approver", BY_BOB, BOB, target, ""),
        new Case("for somebody else", BY_BOB, ANN, target, "each approves for themselves"),
        new Case(
            "two at once",
            BY_BOB + ", {user: ann, decision: Approve}",
            BOB,
            target,
            "each approves for themselves"),
        new Case(
            "without the time",
            BY_BOB.replace("at: '2026-11-22T12:00:00Z', ", ""),
            BOB,
            target,
            "was changed after"),
        new Case(
            "with another uid", BY_BOB.replace("'7'", "'8'"), BOB, target, "was changed after"),
        new Case(
            "with more groups",
            BY_BOB.replace("[release-managers]", "[release-managers, admins]"),
            BOB,
            target,
            "was changed after"),
        new Case("no target", BY_BOB, BOB, null, "takes no Promotions any more"),
        new Case("a closed target", BY_BOB, BOB, target(null), "takes no Promotions any more"),
        new Case(
            "by none of the approvers",
            BY_BOB,
            BOB,
            target("from: [{}]\napprovers: [{group: others}, {user: ann}]"),
            "none of the approvers"),
        new Case(
            "by one who is named", BY_BOB, BOB, target("from: [{}]\napprovers: [{user: bob}]"), ""),
        new Case("by who asked", by(ANN, "Approve"), ANN, target, "somebody else has to"),
        new Case(
            "by who asked, where that is allowed",
            by(ANN, "Approve"),
            ANN,
            target(RULES + "\nallowSelfApproval: true"),
            ""),
        new Case("rejected by who asked", by(ANN, "Reject"), ANN, target, ""),
        new Case(
            "by a service account in the group",
            by(ROBOT, "Approve"),
            ROBOT,
            target,
            "none of the approvers"),
        new Case(
            "by a service account that is named",
            by(ROBOT, "Approve"),
            ROBOT,
            target("from: [{}]\napprovers: [{user: 'system:serviceaccount:ci:robot'}]"),
            ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isJudged(Case each) {
    var verdict =
        ApprovalAdmission.decide(
            spec(OLD + ", " + each.approvals()),
            spec(OLD),
            each.caller(),
            Optional.ofNullable(each.target()));

    if (each.says().isEmpty()) {
      assertThat(verdict)
          .isEqualTo(
              new Verdict.AllowWith(
                  Right.Approve,
                  "prod",
                  List.of("releases"),
                  "an approval of a Promotion into it",
                  List.of()));
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Deny.class,
              deny -> {
                assertThat(deny.refusal()).isEqualTo(Refusal.ApprovalForbidden);
                assertThat(deny.message()).contains(each.says());
              });
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatAddsNoApprovalIsNobodysApproval(Case each) {
    assertThat(
            ApprovalAdmission.decide(
                spec(OLD), spec(OLD), each.caller(), Optional.ofNullable(each.target())))
        .isEqualTo(Verdict.allow());
  }

  private static String by(Caller caller, String decision) {
    return "{user: '%s', decision: %s, at: '2026-11-22T12:00:00Z', uid: '7', groups: [release-managers]}"
        .formatted(caller.username(), decision);
  }

  private static Caller caller(String name, String group) {
    return new Caller(name, "7", List.of(group), Map.of());
  }

  private static PromotionSpec spec(String approvals) {
    return Yaml.read(
        PromotionSpec.class,
        "artifactRef: {name: a, digest: 'sha256:%s'}\ntarget: {bucketRef: {name: releases, namespace: prod}}\nrequester: {username: ann}\napprovals: [%s]"
            .formatted("a".repeat(64), approvals));
  }

  private static BucketFacts target(@Nullable String rules) {
    return new BucketFacts(
        "prod",
        "releases",
        BucketRules.of("releases", Optional.empty(), List.of(), false),
        Optional.ofNullable(rules).map(yaml -> Yaml.read(PromotionRules.class, yaml)));
  }
}
