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

/// Answers one review: what is known is asked first, the API server and the operator only where the
/// decision says so. Whatever cannot be found out is refused.
@ApplicationScoped
public class Reviewer {
  /// Less than the API server waits (`timeoutSeconds` of images.assay.dev is 10).
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private final Known known;
  private final AccessReview accessReview;
  private final Hints hints;
  private final Clock clock;
  private final Decisions decisions;

  public Reviewer(
      Known known,
      AccessReview accessReview,
      Hints hints,
      @Named(Shell.OBJECTS) ObjectMapper json,
      Clock clock) {
    this.known = known;
    this.accessReview = accessReview;
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
        case Verdict.AllowWith with -> with(review, with);
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

  private Answer with(Review review, Verdict.AllowWith with) {
    var right = with.right();
    try {
      var missing =
          accessReview.missing(review.caller(), right.verb(), with.namespace(), with.buckets());
      return missing.isEmpty()
          ? new Answer.Allowed(with.warnings())
          : new Answer.Denied(
              right.refusal(),
              "%s: that takes the right to %s in Bucket %s (verb %s on buckets.assay.dev in namespace %s), which %s has not"
                  .formatted(
                      with.why(),
                      right.verb(),
                      String.join(", ", missing),
                      right.verb(),
                      with.namespace(),
                      review.caller().username()));
    } catch (KubernetesClientException e) {
      return new Answer.Denied(
          Refusal.NotReady,
          "%s, and whether %s may %s could not be asked; retry"
              .formatted(with.why(), review.caller().username(), right.verb()));
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
          case Verdict.AllowWith _ -> throw new IllegalStateException("images take no right");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
    return new Answer.Denied(
        Refusal.ImageUnverified, why + "; the operator looks at it now: retry");
  }
}
