package dev.assay.operator.images;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// `POST /images`: 202 when the hint was taken, 400 for what is none, 413 above 4 KiB, 503 when
/// there are too many. It says nothing else, so that nobody learns anything by asking.
@ApplicationScoped
class HintRoute {
  static final String PATH = "/images";
  private static final long MOST_BYTES = 4 << 10;

  private final Hints hints;

  HintRoute(Hints hints) {
    this.hints = hints;
  }

  void routes(@Observes Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
        .handler(this::take);
  }

  private void take(RoutingContext call) {
    var body = call.body().buffer();
    var hint = Hint.read(body == null ? new byte[0] : body.getBytes());
    var status = hint.map(h -> hints.offer(h) ? 202 : 503).orElse(400);
    call.response().setStatusCode(status).end();
  }
}
