package dev.assay.operator.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.api.Promotion;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlaneResource;
import dev.assay.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class PromotionReconcilerTest {
  private static final KubernetesClient CLIENT = KubeApiResource.client();

  @Inject MeterRegistry registry;

  @Test
  void aPromotionSaysThatNobodyActsOnIt() {
    var namespace =
        CLIENT
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("promotion-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    var promotion = new Promotion();
    promotion.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("to-production").build());
    promotion.setSpec(
        CLIENT
            .getKubernetesSerialization()
            .unmarshal(
                """
                artifactRef: {name: agent, digest: "sha256:%s"}
                target: {bucketRef: {name: production}}
                """
                    .formatted("0".repeat(64)),
                PromotionSpec.class));
    CLIENT.resource(promotion).create();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          var status =
              CLIENT
                  .resources(Promotion.class)
                  .inNamespace(namespace)
                  .withName("to-production")
                  .require()
                  .getStatus();
          assertThat(Conditions.find(status.conditions(), "Stalled"))
              .hasValueSatisfying(c -> assertThat(c.reason()).isEqualTo("NotImplemented"));
          assertThat(Conditions.find(status.conditions(), "Ready"))
              .hasValueSatisfying(c ->
                  assertThat(c.message()).contains("nothing is copied to Bucket 'production'"));
          assertThat(status.observedGeneration()).isEqualTo(1);
        });
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(CLIENT.events().v1().events().inNamespace(namespace).list().getItems())
                .singleElement()
                .satisfies(event -> {
                  assertThat(event.getReason()).isEqualTo("NotImplemented");
                  assertThat(event.getType()).isEqualTo("Warning");
                  assertThat(event.getRegarding().getName()).isEqualTo("to-production");
                }));
    // A meter for each resource would never go, and 2,000 Artifacts would fill the heap.
    assertThat(registry.getMeters())
        .filteredOn(meter -> meter.getId().getName().startsWith("operator.sdk"))
        .isNotEmpty()
        .allSatisfy(meter ->
            assertThat(meter.getId().getTags())
                .extracting(Tag::getValue)
                .doesNotContain("to-production", namespace));
  }
}
