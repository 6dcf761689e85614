package dev.assay.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Promotion;
import dev.assay.api.ScanPolicy;
import dev.assay.policy.scan.EffectivePolicy;
import dev.assay.webhook.artifact.ArtifactAdmission;
import dev.assay.webhook.artifact.ArtifactChange;
import dev.assay.webhook.artifact.InForce;
import dev.assay.webhook.bucket.BucketAdmission;
import dev.assay.webhook.image.PodAdmission;
import dev.assay.webhook.image.PodImages;
import dev.assay.webhook.known.ArtifactFacts;
import dev.assay.webhook.known.Known;
import dev.assay.webhook.promotion.ApprovalAdmission;
import dev.assay.webhook.promotion.PromotionAdmission;
import dev.assay.webhook.review.Operation;
import dev.assay.webhook.review.Review;
import dev.assay.webhook.scanpolicy.PolicyAdmission;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts what a review holds beside what is known, and has the kind's pure function decide.
final class Decisions {
  private final ObjectMapper json;
  private final Known known;
  private final Clock clock;

  Decisions(ObjectMapper json, Known known, Clock clock) {
    this.json = json;
    this.known = known;
    this.clock = clock;
  }

  /// @throws JsonProcessingException when the object is not of its kind
  Verdict decide(Review review) throws JsonProcessingException {
    if (review.operation() != Operation.CREATE && review.operation() != Operation.UPDATE) {
      return Verdict.allow();
    }
    return switch (review.kind()) {
      case "Artifact" -> artifact(review);
      case "Bucket" -> bucket(review);
      case "ScanPolicy" -> scanPolicy(review);
      case "Promotion" -> promotion(review);
      case "Pod",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicationController" ->
          images(review);
      default -> throw new UnknownKind(review.kind());
    };
  }

  /// The configuration sends what this program does not know: an older replica during an upgrade.
  static final class UnknownKind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownKind(String kind) {
      super("this build does not review objects of kind '%s'".formatted(kind));
    }
  }

  private Verdict artifact(Review review) throws JsonProcessingException {
    var is = json.treeToValue(review.object(), Artifact.class);
    var was = before(review, Artifact.class);
    var asked = is.getSpec().scanPolicyRef();
    var inForce =
        InForce.of(
            known,
            review.namespace(),
            is.getSpec().bucketRef().name(),
            Optional.ofNullable(asked == null ? null : asked.name()));
    return ArtifactAdmission.decide(
        review.namespace(),
        new ArtifactChange(
            is.getSpec(),
            labels(review.object()),
            was.map(artifact ->
                new ArtifactChange.Before(
                    artifact.getSpec(),
                    labels(review.oldObject()),
                    ArtifactFacts.isQuarantined(artifact.getStatus())))),
        inForce);
  }

  private Verdict bucket(Review review) throws JsonProcessingException {
    var is = json.treeToValue(review.object(), Bucket.class);
    var namespace = review.namespace();
    return BucketAdmission.decide(
        namespace,
        review.name(),
        is.getSpec(),
        before(review, Bucket.class).map(Bucket::getSpec),
        known.quarantined(namespace),
        policy -> known.policy(namespace, policy).isPresent());
  }

  private Verdict scanPolicy(Review review) throws JsonProcessingException {
    var is = json.treeToValue(review.object(), ScanPolicy.class);
    return PolicyAdmission.decide(
        review.namespace(),
        review.name(),
        is.getSpec(),
        before(review, ScanPolicy.class).map(ScanPolicy::getSpec),
        heldUnder(review.namespace(), review.name()),
        clock.instant());
  }

  private List<ArtifactFacts> heldUnder(String namespace, String policy) {
    return known.quarantined(namespace).stream()
        .filter(artifact -> isUnder(artifact, policy))
        .toList();
  }

  // Also one that was deleted and comes back: what was under it is again.
  private boolean isUnder(ArtifactFacts artifact, String policy) {
    return known
        .bucket(artifact.namespace(), artifact.bucket())
        .map(bucket ->
            EffectivePolicy.of(artifact.askedPolicy(), bucket.policies(), name -> true)
                .equals(new EffectivePolicy.Named(policy)))
        .orElse(false);
  }

  private Verdict images(Review review) {
    var before = PodImages.of(review.kind(), review.oldObject());
    var added = new LinkedHashSet<>(PodImages.of(review.kind(), review.object()));
    added.removeAll(before);
    // A dry run may not make anybody look at an image: it learns what is known.
    var runs = review.kind().equals("Pod") && !review.dryRun();
    return PodAdmission.decide(added, known.aboutImages(review.namespace()), runs);
  }

  private Verdict promotion(Review review) throws JsonProcessingException {
    var spec = json.treeToValue(review.object(), Promotion.class).getSpec();
    var was = before(review, Promotion.class).map(Promotion::getSpec);
    var ref = spec.target().bucketRef();
    var namespace = ref.namespace() == null ? review.namespace() : ref.namespace();
    var target = known.bucket(namespace, ref.name());
    if (was.isPresent()) {
      return ApprovalAdmission.decide(spec, was.get(), review.caller(), target);
    }
    return PromotionAdmission.decide(
        review.namespace(),
        spec,
        review.caller(),
        known.artifact(review.namespace(), spec.artifactRef().name()),
        target,
        target.flatMap(bucket ->
            bucket.policies().defaultPolicy().stream()
                .findFirst()
                .flatMap(name -> known.policy(bucket.namespace(), name))),
        clock.instant());
  }

  private <T> Optional<T> before(Review review, Class<T> kind) throws JsonProcessingException {
    return review.oldObject().isObject()
        ? Optional.of(json.treeToValue(review.oldObject(), kind))
        : Optional.empty();
  }

  private static Map<String, String> labels(JsonNode object) {
    return object.path("metadata").path("labels").properties().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }
}
