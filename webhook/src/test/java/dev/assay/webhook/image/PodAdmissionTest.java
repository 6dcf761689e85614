package dev.assay.webhook.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.policy.image.ImageGlob;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodAdmissionTest {
  private static final String NAME = "registry.example.com/team/app";
  private static final String SIGNED = NAME + "@sha256:" + "a".repeat(64);
  private static final String UNSIGNED = NAME + "@sha256:" + "b".repeat(64);
  private static final String UNREACHED = NAME + "@sha256:" + "c".repeat(64);
  private static final String NEVER_SEEN = NAME + "@sha256:" + "d".repeat(64);
  private static final String ELSEWHERE = "registry.example.com/other/app:1";

  private static final PolicyFacts TEAM =
      policy(
          "team",
          "registry.example.com/team/**",
          Map.of(
              SIGNED, verdict(SIGNED, ImageVerdict.State.Verified, "by key"),
              UNSIGNED, verdict(UNSIGNED, ImageVerdict.State.Refused, "there is none"),
              UNREACHED, verdict(UNREACHED, ImageVerdict.State.Unknown, "its registry is away")));
  private static final PolicyFacts ALSO =
      policy(
          "also",
          "**/app",
          Map.of(SIGNED, verdict(SIGNED, ImageVerdict.State.Refused, "not by us")));

  record Case(String name, String image, List<PolicyFacts> policies, Outcome outcome, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  enum Outcome {
    Allowed,
    Refused,
    WithoutDigest,
    Awaited
  }

  static Stream<Case> cases() {
    var team = List.of(TEAM);
    return Stream.of(
        new Case("signed", SIGNED, team, Outcome.Allowed, ""),
        new Case(
            "signed, with a tag beside", SIGNED.replace("@", ":1.0@"), team, Outcome.Allowed, ""),
        new Case(
            "unsigned",
            UNSIGNED,
            team,
            Outcome.Refused,
            "ScanPolicy 'team' refuses image " + UNSIGNED + ": there is none"),
        new Case(
            "by tag", NAME + ":1.0", team, Outcome.WithoutDigest, "must be named by its digest"),
        new Case("never seen", NEVER_SEEN, team, Outcome.Awaited, "not known yet"),
        new Case("its registry is away", UNREACHED, team, Outcome.Awaited, "its registry is away"),
        new Case("of another team", ELSEWHERE, team, Outcome.Allowed, ""),
        new Case("unreadable", "!", team, Outcome.WithoutDigest, "cannot be read"),
        new Case("unreadable, where nothing is asked", "!", List.of(), Outcome.Allowed, ""),
        new Case(
            "another policy refuses it",
            SIGNED,
            List.of(TEAM, ALSO),
            Outcome.Refused,
            "ScanPolicy 'also'"),
        new Case(
            "another policy does not know it",
            UNSIGNED,
            List.of(ALSO, TEAM),
            Outcome.Refused,
            "ScanPolicy 'team'"),
        new Case(
            "a registry in capitals",
            "REGISTRY.example.com:443/team/app:1",
            team,
            Outcome.WithoutDigest,
            "digest"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPodIsJudgedByItsImages(Case each) {
    var verdict = PodAdmission.decide(Set.of(each.image()), each.policies(), true);

    switch (each.outcome()) {
      case Allowed -> assertThat(verdict).isEqualTo(Verdict.allow());
      case Refused -> denied(verdict, Refusal.ImageRefused, each.says());
      case WithoutDigest -> denied(verdict, Refusal.ImageWithoutDigest, each.says());
      case Awaited ->
          assertThat(verdict)
              .isInstanceOfSatisfying(
                  Verdict.AwaitImages.class,
                  await -> {
                    assertThat(await.images()).singleElement().hasToString(each.image());
                    assertThat(await.why()).contains(each.says());
                  });
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatMakesPodsDoesNotWait(Case each) {
    var verdict = PodAdmission.decide(Set.of(each.image()), each.policies(), false);

    if (each.outcome() == Outcome.Awaited) {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Allow.class,
              allow ->
                  assertThat(allow.warnings())
                      .singleElement()
                      .asString()
                      .endsWith("its Pods wait"));
    } else {
      assertThat(verdict)
          .isEqualTo(PodAdmission.decide(Set.of(each.image()), each.policies(), true));
    }
  }

  @Test
  void oneBadImageIsEnough() {
    denied(
        PodAdmission.decide(Set.of(SIGNED, NEVER_SEEN, UNSIGNED), List.of(TEAM), true),
        Refusal.ImageRefused,
        UNSIGNED);
  }

  private static void denied(Verdict verdict, Refusal refusal, String says) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.refusal()).isEqualTo(refusal);
              assertThat(deny.message()).contains(says);
            });
  }

  private static PolicyFacts policy(String name, String glob, Map<String, ImageVerdict> verdicts) {
    return new PolicyFacts(
        "demo",
        name,
        new PolicyRules.Read.Usable(new PolicyRules(List.of())),
        Set.of(),
        List.of(ImageGlob.of(glob)),
        verdicts,
        List.of());
  }

  private static ImageVerdict verdict(
      String image, ImageVerdict.State state, @Nullable String message) {
    return new ImageVerdict(image, state, message, "sha256:00", null);
  }
}
