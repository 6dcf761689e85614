package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.scan.Cache;
import dev.assay.operator.scan.CacheClaim;
import dev.assay.operator.scan.DatabaseJob;
import dev.assay.operator.scan.JobSettings;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.scan.ScanNetwork;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes what a ScanPolicy owns: NetworkPolicies, the cache's claim, and database Jobs.
final class PolicyObjects {
  private final KubernetesClient client;
  private final OwnedObjects owned;

  PolicyObjects(KubernetesClient client, String fieldManager) {
    this.client = client;
    this.owned = new OwnedObjects(client, fieldManager);
  }

  /// Makes network and cache as they should be.
  List<Applied> apply(ScanPolicy policy, ScanInputs inputs, Sharing sharing) {
    var cache = Cache.of(policy.getSpec(), inputs);
    var desired = new ArrayList<HasMetadata>(ScanNetwork.of(policy, inputs, cache));
    if (cache instanceof Cache.Shared shared && shared.managed()) {
      desired.add(
          CacheClaim.of(
              policy.getMetadata().getNamespace(), shared, sharing.key(), sharing.policies()));
    }
    return desired.stream().map(object -> owned.apply(object, seen(object))).toList();
  }

  /// Takes the steps of a plan.
  ///
  /// @return what became of the Jobs that were created
  List<Applied> take(List<DatabasePlan.Step> steps, ScanPolicy policy, ScanInputs inputs) {
    return steps.stream().flatMap(step -> take(step, policy, inputs)).toList();
  }

  private Stream<Applied> take(DatabasePlan.Step step, ScanPolicy policy, ScanInputs inputs) {
    var namespace = policy.getMetadata().getNamespace();
    return switch (step) {
      case DatabasePlan.Step.Create(var ordinal, var attempt) -> {
        var job =
            new DatabaseJob(
                policy,
                inputs,
                JobSettings.of(policy.getSpec()),
                Cache.of(policy.getSpec(), inputs),
                ordinal,
                attempt);
        // A Job's template is immutable: one that is there already stays as it is.
        yield Stream.of(createOnce(job.object()));
      }
      case DatabasePlan.Step.Note(var job, var updatedAt) -> {
        var noted =
            new JobBuilder()
                .withNewMetadata()
                .addToAnnotations(Annotations.DATABASE_UPDATED_AT, updatedAt.toString())
                .endMetadata()
                .build();
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withName(job)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(noted));
        yield Stream.empty();
      }
      case DatabasePlan.Step.Delete(var job) -> {
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withName(job)
            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
            .delete();
        yield Stream.empty();
      }
    };
  }

  private Applied createOnce(HasMetadata job) {
    var there = seen(job);
    if (there.isPresent()) {
      return OwnedObjects.isOurs(there.get(), job)
          ? new Applied.Done(false)
          : new Applied.Foreign(OwnedObjects.describe(job));
    }
    return owned.apply(job, Optional.empty());
  }

  private Optional<HasMetadata> seen(HasMetadata object) {
    return Optional.ofNullable(client.resource(object).get());
  }
}
