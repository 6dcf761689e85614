package dev.assay.webhook.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.LabelMatch;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.webhook.SigningKey;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.artifact.ArtifactChange.Before;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArtifactAdmissionTest {
  private static final SigningKey OURS = new SigningKey();
  private static final SigningKey THEIRS = new SigningKey();
  private static final String HEX = "a".repeat(64);
  private static final String OTHER_HEX = "b".repeat(64);

  private static final ArtifactSpec BARE = spec("");
  private static final ArtifactSpec SIGNED = inline(OURS.bundle(HEX));
  private static final ArtifactSpec BY_ANOTHER = inline(THEIRS.bundle(HEX));
  private static final ArtifactSpec OF_ANOTHER = inline(OURS.bundle(OTHER_HEX));
  private static final ArtifactSpec NONSENSE = inline("{}");
  private static final ArtifactSpec IN_SECRET =
      spec("verify: {bundle: {secretRef: {name: bundle}}}");
  private static final ArtifactSpec BESIDE = spec("verify: {bundle: {key: a.sigstore.json}}");
  private static final ArtifactSpec OWN_KEYS = spec("verify: {secretRef: {name: keys}}");
  private static final ArtifactSpec OTHER_KEYS = spec("verify: {secretRef: {name: others}}");
  private static final ArtifactSpec BY_IDENTITY =
      spec("verify: {matchOIDCIdentity: [{issuer: i, subject: s}]}");
  private static final ArtifactSpec OTHER_POLICY = spec("scanPolicyRef: {name: lax}");
  private static final ArtifactSpec OTHER_DOWNLOAD = spec("download: {expiresIn: 1h}");

  private static final InForce AT_ADMISSION = policy(Set.of("release-key"));
  private static final InForce AT_RELEASE = policy(Set.of());
  private static final InForce NO_POLICY = new InForce.None();

  record Case(String name, ArtifactChange change, InForce inForce, Expected expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  sealed interface Expected {
    record Allowed(int warnings) implements Expected {}

    record Denied(Refusal refusal, String says) implements Expected {}

    record ForReleasers(String says) implements Expected {}
  }

  private static final Expected PASSES = new Expected.Allowed(0);
  private static final Expected WARNS = new Expected.Allowed(1);

  static Stream<Case> cases() {
    return Stream.concat(signatures(), frees());
  }

  private static Stream<Case> signatures() {
    return Stream.of(
        new Case("signed", created(SIGNED), AT_ADMISSION, PASSES),
        new Case("unsigned", created(BARE), AT_ADMISSION, missing()),
        new Case("its own keys are no bundle", created(OWN_KEYS), AT_ADMISSION, missing()),
        new Case("signed by another", created(BY_ANOTHER), AT_ADMISSION, invalid("check Key")),
        new Case("another's bundle", created(OF_ANOTHER), AT_ADMISSION, invalid("check Digest")),
        new Case("nonsense", created(NONSENSE), AT_ADMISSION, invalid("check Format")),
        new Case("bundle in a Secret", created(IN_SECRET), AT_ADMISSION, PASSES),
        new Case("bundle beside the object", created(BESIDE), AT_ADMISSION, PASSES),
        new Case("unsigned, asked for at release", created(BARE), AT_RELEASE, PASSES),
        new Case("signed by another, asked for at release", created(BY_ANOTHER), AT_RELEASE, WARNS),
        new Case("signed, asked for at release", created(SIGNED), AT_RELEASE, PASSES),
        new Case("no policy", created(BY_ANOTHER), NO_POLICY, PASSES),
        new Case("no Bucket yet", created(BARE), new InForce.Unknown("no Bucket"), WARNS),
        new Case(
            "a policy that cannot be used",
            created(SIGNED),
            unusable(Set.of("release-key")),
            new Expected.Denied(Refusal.PolicyUnusable, "no key was found")),
        new Case("one that is asked later", created(SIGNED), unusable(Set.of()), PASSES),
        new Case(
            "a policy that cannot be used, and a bundle in a Secret",
            created(IN_SECRET),
            unusable(Set.of("release-key")),
            PASSES),
        new Case(
            "a policy that cannot be used, and no bundle",
            created(BARE),
            unusable(Set.of("release-key")),
            missing()),
        new Case("bundle taken away", changed(SIGNED, BARE, false), AT_ADMISSION, missing()),
        new Case(
            "something else is edited", changed(BARE, OTHER_DOWNLOAD, false), AT_ADMISSION, PASSES),
        new Case(
            "another policy is asked for",
            changed(BARE, OTHER_POLICY, false),
            AT_ADMISSION,
            missing()));
  }

  private static Stream<Case> frees() {
    return Stream.of(
        new Case(
            "another policy",
            changed(BARE, OTHER_POLICY, true),
            AT_RELEASE,
            releasers("another scanPolicyRef")),
        new Case(
            "another policy, not held", changed(BARE, OTHER_POLICY, false), AT_RELEASE, PASSES),
        new Case(
            "asks less", changed(OWN_KEYS, BARE, true), AT_RELEASE, releasers("no longer ask")),
        new Case(
            "asks others",
            changed(OWN_KEYS, OTHER_KEYS, true),
            AT_RELEASE,
            releasers("no longer ask")),
        new Case(
            "asks no identity",
            changed(BY_IDENTITY, BARE, true),
            AT_RELEASE,
            releasers("no longer ask")),
        new Case("asks more", changed(BARE, OWN_KEYS, true), AT_RELEASE, PASSES),
        new Case("a better bundle", changed(BY_ANOTHER, SIGNED, true), AT_ADMISSION, PASSES),
        new Case(
            "labels of an exception",
            relabelled(Map.of(), Map.of("tier", "test"), true),
            AT_RELEASE,
            releasers("exception")),
        new Case(
            "labels, not held",
            relabelled(Map.of(), Map.of("tier", "test"), false),
            AT_RELEASE,
            PASSES),
        new Case(
            "labels that it had",
            relabelled(Map.of("tier", "test"), Map.of("tier", "test", "a", "b"), true),
            AT_RELEASE,
            PASSES),
        new Case(
            "labels of none",
            relabelled(Map.of(), Map.of("tier", "prod"), true),
            AT_RELEASE,
            PASSES),
        new Case(
            "labels without a policy",
            relabelled(Map.of(), Map.of("tier", "test"), true),
            NO_POLICY,
            PASSES));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isJudged(Case each) {
    var verdict = ArtifactAdmission.decide("demo", each.change(), each.inForce());

    switch (each.expected()) {
      case Expected.Allowed(var warnings) ->
          assertThat(verdict)
              .isInstanceOfSatisfying(
                  Verdict.Allow.class, allow -> assertThat(allow.warnings()).hasSize(warnings));
      case Expected.Denied(var refusal, var says) ->
          assertThat(verdict)
              .isInstanceOfSatisfying(
                  Verdict.Deny.class,
                  deny -> {
                    assertThat(deny.refusal()).isEqualTo(refusal);
                    assertThat(deny.message()).contains(says);
                  });
      case Expected.ForReleasers(var says) ->
          assertThat(verdict)
              .isInstanceOfSatisfying(
                  Verdict.AllowWith.class,
                  allow -> {
                    assertThat(allow.buckets()).containsExactly("releases");
                    assertThat(allow.why()).contains(says);
                  });
    }
  }

  private static Expected missing() {
    return new Expected.Denied(Refusal.SignatureMissing, "cosign sign-blob --bundle");
  }

  private static Expected invalid(String says) {
    return new Expected.Denied(Refusal.SignatureInvalid, "rule 'release-key', " + says);
  }

  private static Expected releasers(String says) {
    return new Expected.ForReleasers(says);
  }

  private static ArtifactChange created(ArtifactSpec spec) {
    return new ArtifactChange(spec, Map.of(), Optional.empty());
  }

  private static ArtifactChange changed(ArtifactSpec was, ArtifactSpec is, boolean quarantined) {
    return new ArtifactChange(is, Map.of(), Optional.of(new Before(was, Map.of(), quarantined)));
  }

  private static ArtifactChange relabelled(
      Map<String, String> was, Map<String, String> is, boolean quarantined) {
    return new ArtifactChange(BARE, is, Optional.of(new Before(BARE, was, quarantined)));
  }

  private static InForce policy(Set<String> atAdmission) {
    var rule =
        new Rule("release-key", new Signer.Keys(List.of(OURS.trusted()), false), List.of(), true);
    return inForce(new PolicyRules.Read.Usable(new PolicyRules(List.of(rule))), atAdmission);
  }

  private static InForce unusable(Set<String> atAdmission) {
    return inForce(new PolicyRules.Read.Unusable("no key was found"), atAdmission);
  }

  private static InForce inForce(PolicyRules.Read rules, Set<String> atAdmission) {
    var exemption =
        new Exemption(
            "CVE-2021-44228",
            new Exemption.Packages.Any(),
            new LabelMatch(Map.of("tier", "test"), List.of()),
            Instant.MAX);
    return new InForce.Policy(
        new PolicyFacts(
            "demo", "signed", rules, atAdmission, List.of(), Map.of(), List.of(exemption)));
  }

  private static ArtifactSpec inline(String bundle) {
    return spec("digest: sha256:%s\nverify: {bundle: {inline: '%s'}}".formatted(HEX, bundle));
  }

  private static ArtifactSpec spec(String more) {
    return Yaml.read(
        ArtifactSpec.class,
        "type: Other\nversion: 1.0.0\nbucketRef: {name: releases}\nsource: {upload: {}}\n" + more);
  }
}
