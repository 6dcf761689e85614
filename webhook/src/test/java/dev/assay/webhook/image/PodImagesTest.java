package dev.assay.webhook.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.webhook.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodImagesTest {
  private static final String POD =
      "{initContainers: [{image: a}], containers: [{image: b}, {image: c}, {image: b}], ephemeralContainers: [{image: d}], volumes: [{name: v, emptyDir: {}}, {name: w, image: {reference: e}}]}";

  @Test
  void everyImageOfAPod() {
    assertThat(PodImages.of("Pod", yaml("spec: " + POD))).containsExactly("a", "b", "c", "d", "e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Deployment",
        "ReplicaSet",
        "StatefulSet",
        "DaemonSet",
        "Job",
        "ReplicationController"
      })
  void everyImageOfWhatMakesPods(String kind) {
    assertThat(PodImages.of(kind, yaml("spec: {template: {spec: %s}}".formatted(POD))))
        .containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void everyImageOfACronJob() {
    assertThat(
            PodImages.of(
                "CronJob",
                yaml("spec: {jobTemplate: {spec: {template: {spec: %s}}}}".formatted(POD))))
        .hasSize(5);
  }

  @Test
  void whatMakesNoPodsHasNone() {
    assertThat(PodImages.of("Artifact", yaml("spec: " + POD))).isEmpty();
  }

  @Test
  void aContainerWithoutImageIsNotForgotten() {
    assertThat(PodImages.of("Pod", yaml("spec: {containers: [{name: a}]}"))).containsExactly("");
  }

  private static JsonNode yaml(String text) {
    return Yaml.read(JsonNode.class, text);
  }
}
