package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/// The metadata of everything that belongs to an Artifact.
final class Owner {
  private Owner() {}

  static ObjectMeta of(Artifact artifact, String name) {
    var of = artifact.getMetadata();
    return new ObjectMetaBuilder()
        .withNamespace(of.getNamespace())
        .withName(name)
        .withLabels(
            Map.of(
                Labels.MANAGED_BY,
                Labels.MANAGED_BY_ASSAY,
                Labels.OWNER_UID,
                of.getUid(),
                Labels.ARTIFACT,
                of.getName()))
        .addNewOwnerReference()
        .withApiVersion(artifact.getApiVersion())
        .withKind(artifact.getKind())
        .withName(of.getName())
        .withUid(of.getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .build();
  }
}
