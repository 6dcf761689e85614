package dev.assay.operator.certificate;

import dev.assay.operator.Leadership;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.OperatorConfiguration.Webhook.Certificates;
import dev.assay.operator.certificate.Observed.LeafSight;
import dev.assay.operator.status.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps the webhook's certificates valid while this replica leads: it looks when one of the
/// objects changes and when something is due, and at no other time.
@ApplicationScoped
public class CertificateKeeper {
  /// More steps than any state needs; past it somebody writes against us.
  private static final int STEPS = 8;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final KubernetesClient kubernetes;
  private final String namespace;
  private final Certificates certificates;
  private final Clock clock;
  private final Issuer issuer;
  private final WebhookConfigurations hooks;
  private final Steps steps;
  private final ExpiryGauge expiry;
  private @Nullable Watch watch;
  private int failures; // of the watch's one thread

  public CertificateKeeper(
      KubernetesClient kubernetes,
      OperatorConfiguration configuration,
      EventRecorder events,
      MeterRegistry meters,
      Clock clock) {
    this.kubernetes = kubernetes;
    this.namespace = configuration.namespace();
    this.certificates = configuration.webhook().certificates();
    this.clock = clock;
    this.issuer = new Issuer(namespace);
    this.hooks = new WebhookConfigurations(kubernetes);
    this.steps = new Steps(kubernetes, namespace, issuer, hooks, events);
    this.expiry = new ExpiryGauge(meters);
  }

  void lead(@Observes Leadership leadership) {
    switch (leadership) {
      case Leadership.Won() -> start();
      case Leadership.Lost() -> stop();
    }
  }

  synchronized void start() {
    if (certificates == Certificates.SelfIssued && watch == null) {
      watch = new Watch(kubernetes, namespace, hooks, this::look);
      watch.start();
    }
  }

  synchronized boolean isKeeping() {
    return watch != null;
  }

  @PreDestroy
  synchronized void stop() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  /// @return the time until something is due
  private Duration look() {
    try {
      for (var i = 0; i < STEPS; i++) {
        var now = clock.instant();
        var sight = Sight.read(kubernetes, namespace, hooks);
        var seen = sight.facts(issuer);
        var step = CertificateDecision.decide(seen, now);
        Log.debugf("webhook certificates: %s", step);
        if (step instanceof Step.Rest(var until)) {
          rests(seen);
          return Duration.between(now, until);
        }
        steps.take(step, sight, now);
      }
      return Rounds.PACE;
    } catch (RuntimeException | GeneralSecurityException e) {
      // Whatever it was: a round that ended without a time for the next would be the last.
      return failed(e);
    }
  }

  private void rests(Observed seen) {
    failures = 0;
    if (seen.leaf() instanceof LeafSight.Held leaf) {
      expiry.set(leaf.notAfter());
    }
  }

  private Duration failed(Exception e) {
    failures++;
    if (failures == 1 && !Thread.currentThread().isInterrupted()) {
      Log.infof("the webhook's certificates cannot be kept, trying again: %s", e.getMessage());
    }
    var doubled = Rounds.PACE.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
