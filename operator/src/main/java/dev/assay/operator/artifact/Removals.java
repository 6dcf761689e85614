package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.artifact.ArtifactSpec.DeletionPolicy;
import dev.assay.operator.artifact.decision.DeletionDecision;
import dev.assay.operator.artifact.decision.DeletionDecision.Removal;
import dev.assay.operator.control.DataPlanes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes what belongs to an Artifact out of its Bucket.
final class Removals {
  private final KubernetesClient client;
  private final Neighbourhood neighbourhood;
  private final DataPlanes dataPlanes;

  Removals(KubernetesClient client, Neighbourhood neighbourhood, DataPlanes dataPlanes) {
    this.client = client;
    this.neighbourhood = neighbourhood;
    this.dataPlanes = dataPlanes;
  }

  /// @throws IOException when the store could not be told
  void apply(Artifact artifact) throws IOException {
    var bucket = neighbourhood.bucket(artifact);
    var removals = DeletionDecision.decide(observe(artifact, bucket));
    if (bucket == null || removals.isEmpty()) {
      return;
    }
    var store = dataPlanes.of(bucket);
    for (var removal : removals) {
      switch (removal) {
        case Removal.Session(var id) -> store.closeSession(id);
        case Removal.Version(var versionId) -> store.deleteVersion(versionId);
        case Removal.Reports(var prefix) -> store.deleteInternal(prefix);
      }
    }
  }

  private DeletionDecision.Observed observe(Artifact artifact, @Nullable Bucket bucket) {
    var status = Subjects.status(artifact);
    var location = status.location();
    var policy = artifact.getSpec().deletionPolicy();
    return new DeletionDecision.Observed(
        artifact.getMetadata().getUid(),
        Objects.requireNonNullElse(policy, DeletionPolicy.Delete),
        bucket != null && !isTerminating(artifact.getMetadata().getNamespace()),
        Optional.ofNullable(location == null ? null : location.versionId()),
        Optional.ofNullable(status.digest()).map(d -> d.substring("sha256:".length())),
        status.digest() != null
            && neighbourhood.sharingDigest(artifact, status.digest()).findAny().isPresent(),
        status.upload() != null || status.digest() != null);
  }

  private boolean isTerminating(String namespace) {
    var found = client.namespaces().withName(namespace).get();
    return found == null || found.getMetadata().getDeletionTimestamp() != null;
  }
}
