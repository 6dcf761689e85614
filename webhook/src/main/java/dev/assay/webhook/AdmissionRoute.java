package dev.assay.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.webhook.promotion.Stamps;
import dev.assay.webhook.review.Answer;
import dev.assay.webhook.review.Review;
import dev.assay.webhook.review.ReviewJson;
import io.quarkus.logging.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Where the API server asks: `POST /admit`. Each review has a virtual thread, so that one which
/// must wait holds up no other.
@ApplicationScoped
public class AdmissionRoute {
  static final String PATH = "/admit";

  /// Where it asks before: what is stamped there is judged afterwards.
  static final String STAMP_PATH = "/stamp";

  /// Bytes of bodies that are read at once: as trees they take some ten times as much, and many
  /// large objects at once must wait, not end the process.
  private static final int BYTES_AT_ONCE = 4 << 20;

  private final Semaphore room = new Semaphore(BYTES_AT_ONCE, true);
  private final ReviewJson json;
  private final Reviewer reviewer;
  private final DecisionLog log;
  private final RefusalEvents events;
  private final Clock clock;

  public AdmissionRoute(
      @Named(Shell.OBJECTS) ObjectMapper mapper,
      Reviewer reviewer,
      DecisionLog log,
      RefusalEvents events,
      Clock clock) {
    this.json = new ReviewJson(mapper);
    this.reviewer = reviewer;
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  void add(@Observes Router router) {
    add(router, PATH, reviewer::answer);
    add(router, STAMP_PATH, review -> new Answer.Patched(Stamps.patch(review, clock.instant())));
  }

  private void add(Router router, String path, Function<Review, Answer> by) {
    router
        .post(path)
        .handler(BodyHandler.create(false))
        .handler(asked -> Thread.ofVirtual().name("review").start(() -> answer(asked, by)));
  }

  private void answer(RoutingContext asked, Function<Review, Answer> by) {
    var started = System.nanoTime();
    var bytes = Math.min(asked.body().length(), BYTES_AT_ONCE);
    room.acquireUninterruptibly(Math.max(bytes, 0));
    try {
      var review = json.read(body(asked));
      var answer = by.apply(review);
      send(asked, json.write(review, answer));
      log.write(review, answer, Duration.ofNanos(System.nanoTime() - started));
      events.tell(review, answer);
    } catch (IOException e) {
      asked.response().setStatusCode(HttpURLConnection.HTTP_BAD_REQUEST).end("expected a review");
    } catch (RuntimeException e) {
      // A defect must cost this review, which the API server then refuses, and be seen.
      Log.error("a review could not be answered", e);
      asked.response().setStatusCode(HttpURLConnection.HTTP_INTERNAL_ERROR).end();
    } finally {
      room.release(Math.max(bytes, 0));
    }
  }

  private static byte[] body(RoutingContext asked) throws IOException {
    var body = asked.body().buffer();
    if (body == null) {
      throw new IOException("no body");
    }
    return body.getBytes();
  }

  private static void send(RoutingContext asked, byte[] body) {
    asked.response().putHeader("content-type", "application/json").end(Buffer.buffer(body));
  }
}
