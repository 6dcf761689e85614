package dev.assay.webhook.known;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// No review is sent here before what it is decided from has been read.
@Readiness
@ApplicationScoped
class Complete implements HealthCheck {
  private final Known known;

  Complete(Known known) {
    this.known = known;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("caches").status(known.complete()).build();
  }
}
