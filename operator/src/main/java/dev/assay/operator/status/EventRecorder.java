package dev.assay.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventSeriesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.logging.Log;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Writes Events (events.k8s.io/v1). The same reason and message about the same object are one
/// Event, whose series counts on: its name is made from them, so that a restart forgets nothing.
///
/// Events are a courtesy: one that cannot be written is logged and lost, and no reconciliation
/// fails for it.
public final class EventRecorder {
  /// A repetition sooner than this is not written: the series says when it was seen last, not how
  /// often to the second.
  static final Duration QUIET = Duration.ofMinutes(5);

  /// Who reports, as `kubectl describe` shows it.
  private static final String CONTROLLER = "assay.dev/operator";

  // MicroTime takes exactly six digits (metav1.MicroTime).
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;

  /// @param instance the replica's name, for people who look for its log
  public EventRecorder(KubernetesClient client, Clock clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
  }

  /// @param action what was done or tried, one word such as `Reconcile` or `Scan`
  public void record(HasMetadata about, String action, Announcement news) {
    var event = event(about, action, news, clock.instant());
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        again(event);
      } else {
        lost(event, e);
      }
    }
  }

  private void again(Event event) {
    var now = clock.instant();
    try {
      var was = client.resource(event).get();
      if (was == null || now.isBefore(lastSeen(was).plus(QUIET))) {
        return;
      }
      var count = was.getSeries() == null ? 1 : was.getSeries().getCount();
      var next =
          new EventBuilder(was)
              .withSeries(
                  new EventSeriesBuilder()
                      .withCount(count + 1)
                      .withLastObservedTime(microTime(now))
                      .build())
              .build();
      client.resource(next).update();
    } catch (KubernetesClientException e) {
      lost(event, e);
    }
  }

  private static void lost(Event event, KubernetesClientException e) {
    Log.debugf(
        "Event %s/%s was not written: %s",
        event.getMetadata().getNamespace(), event.getMetadata().getName(), e.getMessage());
  }

  private static Instant lastSeen(Event was) {
    var time = was.getSeries() == null ? was.getEventTime() : was.getSeries().getLastObservedTime();
    return Instant.parse(time.getTime());
  }

  private Event event(HasMetadata about, String action, Announcement news, Instant now) {
    var of = about.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(of.getNamespace())
        .withName(of.getName() + "." + identity(of.getUid(), news))
        .endMetadata()
        .withEventTime(microTime(now))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction(action)
        .withType(news.type().name())
        .withReason(news.reason())
        .withNote(news.message())
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(of.getNamespace())
                .withName(of.getName())
                .withUid(of.getUid())
                .build())
        .build();
  }

  // 64 bits: names meet only within one object, in the hour that an Event lives.
  private static String identity(String uid, Announcement news) {
    var text = String.join("\n", uid, news.type().name(), news.reason(), news.message());
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static MicroTime microTime(Instant time) {
    return new MicroTime(MICRO_TIME.format(time));
  }
}
