package dev.assay.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.webhook.image.Hints;
import dev.assay.webhook.known.Known;
import dev.assay.webhook.review.Answer;
import dev.assay.webhook.review.Refusal;
import dev.assay.webhook.review.Review;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Answers one review: what is known is asked first, the API server and the operator only where the
/// decision says so. Whatever cannot be found out is refused.
@ApplicationScoped
public class Reviewer {
  /// Less than the API server waits (`timeoutSeconds` of images.assay.dev is 10).
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private final Known known;
  private final ReleaseRight releaseRight;
  private final Hints hints;
  private final Clock clock;
  private final Decisions decisions;

  public Reviewer(
      Known known,
      ReleaseRight releaseRight,
      Hints hints,
      @Named(Shell.OBJECTS) ObjectMapper json,
      Clock clock) {
    this.known = known;
    this.releaseRight = releaseRight;
    this.hints = hints;
    this.clock = clock;
    this.decisions = new Decisions(json, known, clock);
  }

  public Answer answer(Review review) {
    if (!known.complete()) {
      return new Answer.Denied(
          Refusal.NotReady,
          "the webhook has not read the cluster's Buckets and ScanPolicies yet; retry");
    }
    try {
      var changes = known.policyChanges();
      return switch (decisions.decide(review)) {
        case Verdict.Allow(var warnings) -> new Answer.Allowed(warnings);
        case Verdict.Deny(var refusal, var message) -> new Answer.Denied(refusal, message);
        case Verdict.AllowReleasers(var buckets, var why, var warnings) ->
            releasers(review, buckets, why, warnings);
        case Verdict.AwaitImages awaited -> images(review, awaited, changes);
      };
    } catch (JsonProcessingException e) {
      return new Answer.Denied(
          Refusal.Malformed,
          "the object is no %s: %s".formatted(review.kind(), e.getOriginalMessage()));
    } catch (Decisions.UnknownKind e) {
      return new Answer.Denied(Refusal.Malformed, String.valueOf(e.getMessage()));
    }
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

  // The operator looks at the images, and what it finds comes by the policies' status.
  private Answer images(Review review, Verdict.AwaitImages first, long changesBefore)
      throws JsonProcessingException {
    hints.send(review.namespace(), first.images());
    var deadline = clock.instant().plus(LONGEST_WAIT);
    var why = first.why();
    var changes = changesBefore;
    try {
      while (known.awaitPolicyChange(changes, Duration.between(clock.instant(), deadline))) {
        changes = known.policyChanges();
        switch (decisions.decide(review)) {
          case Verdict.AwaitImages still -> why = still.why();
          case Verdict.Deny(var refusal, var message) -> {
            return new Answer.Denied(refusal, message);
          }
          case Verdict.Allow(var warnings) -> {
            return new Answer.Allowed(warnings);
          }
          case Verdict.AllowReleasers _ -> throw new IllegalStateException("images are never held");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
    return new Answer.Denied(
        Refusal.ImageUnverified, why + "; the operator looks at it now: retry");
  }
}
