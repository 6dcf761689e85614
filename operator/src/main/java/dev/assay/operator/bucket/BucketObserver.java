package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.DataPlanes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/// Reads what a Bucket's status is decided from: informers' caches, and one call to the control
/// port.
final class BucketObserver {
  private static final int WANTED = 1;

  private final DataPlanes dataPlanes;
  private final Census census;
  private final String operatorNamespace;

  BucketObserver(DataPlanes dataPlanes, Census census, String operatorNamespace) {
    this.dataPlanes = dataPlanes;
    this.census = census;
    this.operatorNamespace = operatorNamespace;
  }

  Observed observe(Bucket bucket, Observed.Objects objects, Context<Bucket> context) {
    var servers = servers(context);
    return new Observed(
        operatorNamespace,
        bucket.getMetadata().getNamespace(),
        bucket.getMetadata().getName(),
        bucket.getSpec(),
        Optional.ofNullable(bucket.getStatus()),
        objects,
        servers,
        servers.ready() == 0 ? new Observed.Reach.NotAsked() : reach(bucket),
        counts(bucket));
  }

  private static Observed.Servers servers(Context<Bucket> context) {
    var ready =
        context
            .getSecondaryResourcesAsStream(Deployment.class)
            .map(Deployment::getStatus)
            .filter(Objects::nonNull)
            .mapToInt(status -> Objects.requireNonNullElse(status.getReadyReplicas(), 0))
            .sum();
    var trouble = ready > 0 ? "" : PodTrouble.of(context.getSecondaryResources(Pod.class));
    return new Observed.Servers(WANTED, ready, trouble);
  }

  private Observed.Reach reach(Bucket bucket) {
    try {
      return new Observed.Reach.Answers(dataPlanes.of(bucket).status());
    } catch (IOException e) {
      return new Observed.Reach.Silent(String.valueOf(e.getMessage()));
    }
  }

  private Observed.Counts counts(Bucket bucket) {
    var total = 0;
    var ready = 0;
    var quarantined = 0;
    var metadata = bucket.getMetadata();
    for (var artifact : census.in(metadata.getNamespace(), metadata.getName())) {
      total++;
      ready += BucketEvents.holds(artifact, ConditionTypes.READY) ? 1 : 0;
      quarantined += BucketEvents.holds(artifact, ConditionTypes.QUARANTINED) ? 1 : 0;
    }
    return new Observed.Counts(total, ready, quarantined);
  }
}
