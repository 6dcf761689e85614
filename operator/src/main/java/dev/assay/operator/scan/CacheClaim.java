package dev.assay.operator.scan;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The volume that scans with the same database share. It goes when the last ScanPolicy that uses
/// it has gone: each of them is an owner.
public final class CacheClaim {
  private CacheClaim() {}

  /// @param sharers the ScanPolicies of the namespace with this database, at least one
  public static PersistentVolumeClaim of(
      String namespace, Cache.Shared cache, String databaseKey, Collection<ScanPolicy> sharers) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(cache.claimName())
        .withLabels(claimLabels(databaseKey))
        .withOwnerReferences(
            sharers.stream()
                .sorted(Comparator.comparing(p -> p.getMetadata().getName()))
                .map(CacheClaim::owner)
                .toList())
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .addToRequests("storage", PodParts.bytes(Cache.ROOM_BYTES))
        .endResources()
        .endSpec()
        .build();
  }

  // It has many owners, so the owner that its label names is the database itself.
  private static Map<String, String> claimLabels(String databaseKey) {
    var labels = new TreeMap<>(labels(databaseKey));
    labels.put(Labels.OWNER_UID, "database-" + databaseKey);
    return labels;
  }

  /// How claim and database Jobs are known again.
  public static Map<String, String> labels(String databaseKey) {
    return Map.of(
        Labels.MANAGED_BY,
        Labels.MANAGED_BY_ASSAY,
        Labels.COMPONENT,
        DatabaseJob.COMPONENT,
        Labels.DATABASE,
        databaseKey);
  }

  /// A ReadWriteOnce volume is at one node at a time: pods that use ours must meet there. A claim
  /// that the user brought is theirs to place.
  static Optional<Affinity> besideItsVolume(Cache cache) {
    if (!(cache instanceof Cache.Shared(var claim, var managed)) || !managed) {
      return Optional.empty();
    }
    return Optional.of(
        new AffinityBuilder()
            .withNewPodAffinity()
            .addNewRequiredDuringSchedulingIgnoredDuringExecution()
            .withTopologyKey("kubernetes.io/hostname")
            .withNewLabelSelector()
            .addToMatchLabels(Labels.CACHE, claim)
            .endLabelSelector()
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endPodAffinity()
            .build());
  }

  private static OwnerReference owner(ScanPolicy policy) {
    return new OwnerReferenceBuilder()
        .withApiVersion(policy.getApiVersion())
        .withKind(policy.getKind())
        .withName(policy.getMetadata().getName())
        .withUid(policy.getMetadata().getUid())
        .build();
  }
}
