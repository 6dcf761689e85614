package dev.assay.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.webhook.known.Known;
import dev.assay.webhook.review.Answer;
import dev.assay.webhook.review.Refusal;
import dev.assay.webhook.review.Review;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;

/// Answers one review: what is known is asked first, the API server only where the decision says
/// so. Whatever cannot be found out is refused.
@ApplicationScoped
public class Reviewer {
  private final Known known;
  private final ReleaseRight releaseRight;
  private final Decisions decisions;

  public Reviewer(
      Known known,
      ReleaseRight releaseRight,
      @Named(Shell.OBJECTS) ObjectMapper json,
      Clock clock) {
    this.known = known;
    this.releaseRight = releaseRight;
    this.decisions = new Decisions(json, known, clock);
  }

  public Answer answer(Review review) {
    if (!known.complete()) {
      return new Answer.Denied(
          Refusal.NotReady,
          "the webhook has not read the cluster's Buckets and ScanPolicies yet; retry");
    }
    try {
      return settle(review, decisions.decide(review));
    } catch (JsonProcessingException e) {
      return new Answer.Denied(
          Refusal.Malformed,
          "the object is no %s: %s".formatted(review.kind(), e.getOriginalMessage()));
    } catch (Decisions.UnknownKind e) {
      return new Answer.Denied(Refusal.Malformed, String.valueOf(e.getMessage()));
    }
  }

  private Answer settle(Review review, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow(var warnings) -> new Answer.Allowed(warnings);
      case Verdict.Deny(var refusal, var message) -> new Answer.Denied(refusal, message);
      case Verdict.AllowReleasers(var buckets, var why, var warnings) ->
          releasers(review, buckets, why, warnings);
    };
  }

  private Answer releasers(Review review, List<String> buckets, String why, List<String> warnings) {
    try {
      var missing = releaseRight.missing(review.caller(), review.namespace(), buckets);
      return missing.isEmpty()
          ? new Answer.Allowed(warnings)
          : new Answer.Denied(
              Refusal.ReleaseForbidden,
              "%s: that takes the right to release in Bucket %s (verb release on buckets.assay.dev), which %s has not"
                  .formatted(why, String.join(", ", missing), review.caller().username()));
    } catch (KubernetesClientException e) {
      return new Answer.Denied(
          Refusal.NotReady,
          "%s, and whether %s may release could not be asked; retry"
              .formatted(why, review.caller().username()));
    }
  }
}
