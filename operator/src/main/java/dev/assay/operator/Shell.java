package dev.assay.operator;

import dev.assay.operator.signing.Credentials;
import dev.assay.operator.signing.PublicRoot;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.operator.status.EventRecorder;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What the process gives to its reconcilers.
@ApplicationScoped
final class Shell {
  /// Name of the Lease in the operator's namespace.
  static final String LEASE = "assay-operator";

  @Produces
  @Singleton
  @DefaultBean // a test may bring its own
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  EventRecorder events(KubernetesClient client, Clock clock, OperatorConfiguration configuration) {
    return new EventRecorder(client, clock, configuration.identity().orElse("assay-operator"));
  }

  @Produces
  @Singleton
  TrustMaterial trust(
      KubernetesClient client, OperatorConfiguration configuration, PublicRoot publicRoot) {
    return new TrustMaterial(
        new Credentials(client, configuration.namespace()), new TrustRoots(), publicRoot);
  }

  /// Without meters for each resource, which the extension has by default: 2,000 Artifacts cost 60
  /// MiB of histograms that nobody reads, and none of them ever went.
  @Produces
  @Singleton
  Metrics metrics(MeterRegistry registry) {
    return MicrometerMetrics.withoutPerResourceMetrics(registry);
  }

  /// One replica acts. A leader that cannot renew ends its process, so that no reconciliation of
  /// the old one runs beside one of the new (JOSDK's default); what slips through meets the
  /// revision check of the data plane (decision 1).
  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection(
      OperatorConfiguration configuration, Event<Leadership> leadership) {
    var callbacks =
        new LeaderCallbacks(
            () -> leadership.fire(new Leadership.Won()),
            () -> leadership.fire(new Leadership.Lost()),
            _ -> {});
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(configuration.namespace())
        .withIdentity(configuration.identity().orElse(null))
        .withLeaderCallbacks(callbacks)
        .build();
  }

  /// Where there is no election, as in tests, the only replica leads.
  void start(@Observes StartupEvent event, Operator operator, Event<Leadership> leadership) {
    if (operator.getConfigurationService().getLeaderElectionConfiguration().isEmpty()) {
      leadership.fire(new Leadership.Won());
    }
  }
}
