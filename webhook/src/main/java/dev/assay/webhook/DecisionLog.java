package dev.assay.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.webhook.image.PodImages;
import dev.assay.webhook.review.Answer;
import dev.assay.webhook.review.Review;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Writes each decision down: one line of JSON, and a metric.
@ApplicationScoped
public class DecisionLog {
  /// Category of the lines, which have a handler of their own: nothing stands around the JSON.
  private static final Logger LINES = Logger.getLogger("assay.admission");

  private static final String METRIC = "assay_admission_reviews";

  private final ObjectMapper json;
  private final MeterRegistry meters;
  private final Clock clock;

  public DecisionLog(@Named(Shell.OBJECTS) ObjectMapper json, MeterRegistry meters, Clock clock) {
    this.json = json;
    this.meters = meters;
    this.clock = clock;
  }

  public void write(Review review, Answer answer, Duration took) {
    Timer.builder(METRIC)
        .description("Reviews by what was decided")
        .tag("kind", review.kind())
        .tag("operation", review.operation().name())
        .tag("decision", answer instanceof Answer.Denied ? "denied" : "allowed")
        .tag("refusal", answer instanceof Answer.Denied(var refusal, var _) ? refusal.name() : "")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(250_000))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(meters)
        .record(took);
    LINES.info(line(review, answer, took));
  }

  private String line(Review review, Answer answer, Duration took) {
    var line = json.createObjectNode();
    line.put("time", clock.instant().toString())
        .put("review", review.uid())
        .put("user", review.caller().username())
        .put("operation", review.operation().name())
        .put("kind", review.kind())
        .put("namespace", review.namespace())
        .put("name", review.name())
        .put("digest", digest(review.object()))
        .put("dryRun", review.dryRun());
    var images = PodImages.of(review.kind(), review.object());
    if (!images.isEmpty()) {
      images.forEach(line.putArray("images")::add);
    }
    switch (answer) {
      case Answer.Allowed(var warnings) -> {
        line.put("decision", "allowed");
        var list = line.putArray("warnings");
        warnings.forEach(list::add);
      }
      case Answer.Patched(var patch) ->
          line.put("decision", "allowed").put("stamped", patch.size());
      case Answer.Denied(var refusal, var message) ->
          line.put("decision", "denied").put("refusal", refusal.name()).put("message", message);
    }
    line.put("micros", took.toNanos() / 1000);
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  // An Artifact's own, or the one that a Promotion is about.
  private static String digest(JsonNode object) {
    var spec = object.path("spec");
    return spec.path("digest").asText(spec.path("artifactRef").path("digest").asText(""));
  }
}
