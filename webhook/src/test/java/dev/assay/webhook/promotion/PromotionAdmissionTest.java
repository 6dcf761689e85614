package dev.assay.webhook.promotion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.artifact.ArtifactStatus.Verification;
import dev.assay.api.artifact.Scan;
import dev.assay.api.bucket.PromotionRules;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.policy.scan.EffectivePolicy.BucketRules;
import dev.assay.policy.signature.IdentityPattern;
import dev.assay.policy.signature.IdentityPattern.Part.Exact;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.policy.signature.TrustRoot;
import dev.assay.webhook.Right;
import dev.assay.webhook.SigningKey;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.known.ArtifactFacts;
import dev.assay.webhook.known.BucketFacts;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromotionAdmissionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final SigningKey OURS = new SigningKey();
  private static final String FINGERPRINT = OURS.trusted().fingerprint();
  private static final PromotionSpec SPEC =
      Yaml.read(
          PromotionSpec.class,
          "artifactRef: {name: agent, digest: %s}\ntarget: {bucketRef: {name: prod, namespace: prod}}\nrequester: {username: ann}"
              .formatted(DIGEST));
  private static final Caller ANN = new Caller("ann", "", List.of(), Map.of());
  private static final ArtifactFacts GOOD =
      artifact(DIGEST, false, null, Scan.Verdict.Clean, NOON.plusSeconds(1));
  private static final BucketFacts TARGET = target("{namespace: demo, bucket: releases}");
  private static final PolicyFacts UNSIGNED =
      policy(new PolicyRules.Read.Usable(new PolicyRules(List.of())));
  private static final PolicyFacts BY_KEY =
      policy(rule(new Signer.Keys(List.of(OURS.trusted()), false)));

  /// @param says empty when it is allowed
  record Case(
      String name,
      @Nullable ArtifactFacts source,
      @Nullable BucketFacts target,
      @Nullable PolicyFacts policy,
      @Nullable Refusal refusal,
      String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(origins(), signatures());
  }

  private static Stream<Case> origins() {
    return Stream.of(
        new Case("good", GOOD, TARGET, UNSIGNED, null, ""),
        new Case("a target without policy", GOOD, TARGET, null, null, ""),
        new Case(
            "no Artifact",
            null,
            TARGET,
            UNSIGNED,
            Refusal.PromotionImpossible,
            "Artifact 'agent' does not exist in namespace 'demo'"),
        new Case(
            "no target",
            GOOD,
            null,
            UNSIGNED,
            Refusal.PromotionImpossible,
            "Bucket 'prod/prod' does not exist"),
        new Case(
            "a target that takes none",
            GOOD,
            closed(),
            UNSIGNED,
            Refusal.PromotionImpossible,
            "set spec.promotion"),
        new Case(
            "a target that takes others",
            GOOD,
            target("{namespace: demo, bucket: nightly}"),
            UNSIGNED,
            Refusal.PromotionImpossible,
            "list it in spec.promotion.from"),
        new Case(
            "from its own namespace",
            GOOD,
            target("{bucket: releases}"),
            UNSIGNED,
            Refusal.PromotionImpossible,
            "list it"),
        new Case("from every Bucket", GOOD, target("{namespace: demo}"), UNSIGNED, null, ""),
        new Case(
            "other bytes",
            artifact(
                "sha256:" + "b".repeat(64), false, null, Scan.Verdict.Clean, NOON.plusSeconds(1)),
            TARGET,
            UNSIGNED,
            Refusal.DigestMismatch,
            "holds sha256:bbb"),
        new Case(
            "no bytes",
            artifact(null, false, null, null, null),
            TARGET,
            UNSIGNED,
            Refusal.DigestMismatch,
            "holds nothing yet"),
        new Case(
            "quarantined",
            artifact(DIGEST, true, null, Scan.Verdict.Clean, NOON.plusSeconds(1)),
            TARGET,
            UNSIGNED,
            Refusal.NotClean,
            "is quarantined"),
        new Case(
            "vulnerable",
            artifact(DIGEST, false, null, Scan.Verdict.Vulnerable, NOON.plusSeconds(1)),
            TARGET,
            UNSIGNED,
            Refusal.NotClean,
            "Vulnerable"),
        new Case(
            "not scanned",
            artifact(DIGEST, false, null, null, null),
            TARGET,
            UNSIGNED,
            Refusal.NotClean,
            "has not been scanned"),
        new Case(
            "the deadline itself is too late",
            artifact(DIGEST, false, null, Scan.Verdict.Clean, NOON),
            TARGET,
            UNSIGNED,
            Refusal.NotClean,
            "too old"),
        new Case(
            "no deadline",
            artifact(DIGEST, false, null, Scan.Verdict.Clean, null),
            TARGET,
            UNSIGNED,
            Refusal.NotClean,
            "too old"));
  }

  private static Stream<Case> signatures() {
    var byIdentity =
        policy(
            rule(
                new Signer.Identities(
                    List.of(new IdentityPattern(new Exact("i"), new Exact("s"))), root())));
    return Stream.of(
        new Case("signed", signed(null, null, FINGERPRINT), TARGET, BY_KEY, null, ""),
        new Case(
            "unsigned",
            GOOD,
            TARGET,
            BY_KEY,
            Refusal.SignatureMissing,
            "has none that was verified"),
        new Case(
            "by another key",
            signed(null, null, "sha256:00"),
            TARGET,
            BY_KEY,
            Refusal.SignatureInvalid,
            "is signed by key sha256:00"),
        new Case("by an identity", signed("s", "i", null), TARGET, byIdentity, null, ""),
        new Case(
            "by another identity",
            signed("t", "i", null),
            TARGET,
            byIdentity,
            Refusal.SignatureInvalid,
            "is signed by t of i"),
        new Case(
            "by an identity of another issuer",
            signed("s", "j", null),
            TARGET,
            byIdentity,
            Refusal.SignatureInvalid,
            "is signed by s of j"),
        new Case(
            "a key where an identity is wanted",
            signed(null, null, FINGERPRINT),
            TARGET,
            byIdentity,
            Refusal.SignatureInvalid,
            "is signed by key"),
        new Case(
            "an identity where a key is wanted",
            signed("s", "i", null),
            TARGET,
            BY_KEY,
            Refusal.SignatureInvalid,
            "is signed by s"),
        new Case(
            "half an identity",
            signed("s", null, null),
            TARGET,
            byIdentity,
            Refusal.SignatureMissing,
            "has none"),
        new Case(
            "a policy that cannot be used",
            signed(null, null, FINGERPRINT),
            TARGET,
            policy(new PolicyRules.Read.Unusable("no key")),
            Refusal.PolicyUnusable,
            "no key"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isJudged(Case each) {
    var verdict =
        PromotionAdmission.decide(
            "demo",
            SPEC,
            ANN,
            Optional.ofNullable(each.source()),
            Optional.ofNullable(each.target()),
            Optional.ofNullable(each.policy()),
            NOON);

    if (each.refusal() == null) {
      assertThat(verdict)
          .isEqualTo(
              new Verdict.AllowWith(
                  Right.Promote, "prod", List.of("prod"), "a Promotion into it", List.of()));
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Deny.class,
              deny -> {
                assertThat(deny.refusal()).isEqualTo(each.refusal());
                assertThat(deny.message()).contains(each.says());
              });
    }
  }

  @Test
  void whoAsksIsWhoSent() {
    var bob = new Caller("bob", "", List.of(), Map.of());

    assertThat(decide(SPEC, bob))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> assertThat(deny.refusal()).isEqualTo(Refusal.PromotionForbidden));
    assertThat(
            decide(
                Yaml.read(
                    PromotionSpec.class,
                    "artifactRef: {name: agent, digest: %s}\ntarget: {bucketRef: {name: prod, namespace: prod}}"
                        .formatted(DIGEST)),
                ANN))
        .isInstanceOfSatisfying(
            Verdict.Deny.class, deny -> assertThat(deny.message()).contains("leave it out"));
  }

  @Test
  void nobodyHasApprovedYet() {
    var approved =
        Yaml.read(
            PromotionSpec.class,
            "artifactRef: {name: agent, digest: %s}\ntarget: {bucketRef: {name: prod, namespace: prod}}\nrequester: {username: ann}\napprovals: [{user: ann, decision: Approve}]"
                .formatted(DIGEST));

    assertThat(decide(approved, ANN))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> assertThat(deny.refusal()).isEqualTo(Refusal.ApprovalForbidden));
  }

  private static Verdict decide(PromotionSpec spec, Caller caller) {
    return PromotionAdmission.decide(
        "demo", spec, caller, Optional.of(GOOD), Optional.of(TARGET), Optional.empty(), NOON);
  }

  private static PolicyRules.Read rule(Signer signer) {
    return new PolicyRules.Read.Usable(
        new PolicyRules(List.of(new Rule("release-key", signer, List.of(), true))));
  }

  private static PolicyFacts policy(PolicyRules.Read rules) {
    return new PolicyFacts("prod", "signed", rules, Set.of(), List.of(), Map.of(), List.of());
  }

  // Which root it is does not matter: the signature was verified before.
  private static TrustRoot root() {
    try (var in = SigningKey.class.getResourceAsStream("trusted_root.json")) {
      var json = new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return ((TrustRoot.Read.Root) TrustRoot.read(json)).root();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static BucketFacts target(String origin) {
    return bucket(Yaml.read(PromotionRules.class, "from: [%s]".formatted(origin)));
  }

  private static BucketFacts closed() {
    return bucket(null);
  }

  private static BucketFacts bucket(@Nullable PromotionRules rules) {
    return new BucketFacts(
        "prod",
        "prod",
        BucketRules.of("prod", Optional.of("signed"), List.of(), false),
        Optional.ofNullable(rules));
  }

  private static ArtifactFacts signed(
      @Nullable String subject, @Nullable String issuer, @Nullable String key) {
    return artifact(
        DIGEST,
        false,
        new Verification(NOON, subject, issuer, key, null, "rule"),
        Scan.Verdict.Clean,
        NOON.plusSeconds(1));
  }

  private static ArtifactFacts artifact(
      @Nullable String digest,
      boolean quarantined,
      @Nullable Verification signature,
      Scan.@Nullable Verdict verdict,
      @Nullable Instant validUntil) {
    return new ArtifactFacts(
        "demo",
        "agent",
        "releases",
        Optional.empty(),
        Optional.ofNullable(digest),
        quarantined,
        Optional.ofNullable(signature),
        Optional.ofNullable(verdict),
        Optional.ofNullable(validUntil));
  }
}
