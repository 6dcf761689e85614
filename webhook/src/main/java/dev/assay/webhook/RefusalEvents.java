package dev.assay.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.webhook.review.Answer;
import dev.assay.webhook.review.Review;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Semaphore;

/// Tells of refusals by an Event on the object, where there is one. A courtesy: no answer waits for
/// it, and under a storm of refusals most are left to the log and the metric.
@ApplicationScoped
public class RefusalEvents {
  private static final String CONTROLLER = "assay.dev/webhook";
  private static final String ACTION = "Admit";

  /// events.k8s.io/v1 takes no longer note.
  private static final int NOTE_LENGTH = 1024;

  /// Written at the same time.
  private static final int MOST = 8;

  // MicroTime takes exactly six digits (metav1.MicroTime).
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final WebhookConfiguration configuration;
  private final Semaphore room = new Semaphore(MOST);

  public RefusalEvents(KubernetesClient client, Clock clock, WebhookConfiguration configuration) {
    this.client = client;
    this.clock = clock;
    this.configuration = configuration;
  }

  public void tell(Review review, Answer answer) {
    if (answer instanceof Answer.Denied denied
        && review.oldObject().isObject()
        && !review.dryRun()
        && room.tryAcquire()) {
      Thread.ofVirtual().name("refusal-event").start(() -> write(event(review, denied)));
    }
  }

  private void write(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      Log.warnf("an Event was not written: %s", e.getMessage());
    } finally {
      room.release();
    }
  }

  private Event event(Review review, Answer.Denied denied) {
    var old = review.oldObject();
    var message =
        "%s by %s: %s".formatted(review.operation(), review.caller().username(), denied.message());
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(review.name() + "-")
        .withNamespace(review.namespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withReportingController(CONTROLLER)
        .withReportingInstance(configuration.identity())
        .withAction(ACTION)
        .withReason(denied.refusal().name())
        .withType("Warning")
        .withNote(message.substring(0, Math.min(message.length(), NOTE_LENGTH)))
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(text(old, "apiVersion"))
                .withKind(review.kind())
                .withNamespace(review.namespace())
                .withName(review.name())
                .withUid(text(old.path("metadata"), "uid"))
                .build())
        .build();
  }

  private static String text(JsonNode of, String field) {
    return of.path(field).asText("");
  }
}
