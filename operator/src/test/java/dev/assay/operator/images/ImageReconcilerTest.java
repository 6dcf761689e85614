package dev.assay.operator.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ImageVerdict.State;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlaneResource;
import dev.assay.operator.images.registry.FakeRegistry;
import dev.assay.operator.signing.SigningKey;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.image.RulesDigest;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// API server and registry answer over real connections; only the registry's words are made up.
@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class ImageReconcilerTest {
  private static final KubernetesClient CLIENT = KubeApiResource.client();
  private static final FakeRegistry REGISTRY = SharedRegistry.get();
  private static final SigningKey KEY = new SigningKey();

  @TestHTTPResource("/images")
  URI hints = URI.create("");

  private String namespace = "";

  @BeforeEach
  void policyInALabelledNamespace() {
    namespace =
        CLIENT
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("images-")
                    .addToLabels(Labels.VERIFY_IMAGES, "true")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    CLIENT
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("keys")
                .addToLabels(Labels.CREDENTIAL, "true")
                .endMetadata()
                .withStringData(Map.of("cosign.pub", KEY.pem()))
                .build())
        .create();
    var policy = new ScanPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName("signed").build());
    policy.setSpec(
        CLIENT
            .getKubernetesSerialization()
            .unmarshal(
                "verify: [{name: ours, key: {secretRef: {name: keys}}}]\nimages: [{glob: '%s/%s/**'}]"
                    .formatted(REGISTRY.host(), namespace),
                ScanPolicySpec.class));
    CLIENT.resource(policy).create();
  }

  @Test
  void imagesInUseEndInStatus() {
    var newer = image("newer");
    var older = image("older");
    var unsigned = image("unsigned");
    REGISTRY.sign(newer, true, KEY.bundle(newer.digest().hex()));
    REGISTRY.signOlder(older, KEY);

    deploy(
        newer.toString(),
        older.toString(),
        unsigned.toString(),
        REGISTRY.host() + "/other@" + newer.digest());

    eventually(() ->
        assertThat(states())
            .isEqualTo(
                Map.of(
                    newer.toString(), State.Verified,
                    older.toString(), State.Verified,
                    unsigned.toString(), State.Refused)));
    var status = policy().getStatus();
    assertThat(status.images())
        .extracting(ImageVerdict::rulesDigest)
        .containsOnly(RulesDigest.of(policy().getSpec(), status.verifiers()));
    eventually(() ->
        assertThat(CLIENT.events().v1().events().inNamespace(namespace).list().getItems())
            .filteredOn(event -> "VerificationError".equals(event.getReason()))
            .extracting(event -> event.getNote())
            .singleElement()
            .asString()
            .startsWith("image %s: rule 'ours' asks for a signature".formatted(unsigned)));

    CLIENT
        .namespaces()
        .withName(namespace)
        .edit(n -> {
          n.getMetadata().getLabels().remove(Labels.VERIFY_IMAGES);
          return n;
        });
    eventually(() -> assertThat(states()).isEmpty());
  }

  @Test
  void everyKindOfWorkloadCounts() {
    var template =
        "template: {metadata: {labels: {a: b}}, spec: {restartPolicy: %s, containers: [{name: c, image: '%s'}]}}";
    var selector = "selector: {matchLabels: {a: b}}, ";
    create(
        "apps/v1",
        "StatefulSet",
        "{serviceName: s, " + selector + template(template, "Always", "stateful") + "}");
    create("apps/v1", "DaemonSet", "{" + selector + template(template, "Always", "daemon") + "}");
    create("batch/v1", "Job", "{" + template(template, "Never", "job") + "}");
    create(
        "batch/v1",
        "CronJob",
        "{schedule: '0 0 1 1 *', jobTemplate: {spec: {"
            + template(template, "Never", "cron")
            + "}}}");

    eventually(() ->
        assertThat(states())
            .containsOnlyKeys(
                image("stateful").toString(),
                image("daemon").toString(),
                image("job").toString(),
                image("cron").toString()));

    CLIENT.batch().v1().cronjobs().inNamespace(namespace).withName("x").delete();
    eventually(() -> assertThat(states()).hasSize(3).doesNotContainKey(image("cron").toString()));
  }

  private String template(String text, String restartPolicy, String name) {
    return text.formatted(restartPolicy, image(name));
  }

  private void create(String version, String kind, String spec) {
    var yaml =
        "apiVersion: %s\nkind: %s\nmetadata: {name: x, namespace: %s}\nspec: %s\n"
            .formatted(version, kind, namespace, spec);
    CLIENT.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
  }

  @Test
  void aHintIsAReasonToLook() throws Exception {
    var hinted = image("hinted");
    REGISTRY.sign(hinted, false, KEY.bundle(hinted.digest().hex()));
    deploy(image("first").toString());
    eventually(() -> assertThat(states()).hasSize(1));

    assertThat(post(hint(REGISTRY.image("elsewhere").toString()))).isEqualTo(202);
    assertThat(post(hint(hinted.toString()))).isEqualTo(202);

    eventually(
        () -> assertThat(states()).hasSize(2).containsEntry(hinted.toString(), State.Verified));
  }

  @Test
  void whatIsNoHintIsRefused() throws Exception {
    assertThat(post("")).isEqualTo(400);
    assertThat(post("[]")).isEqualTo(400);
    assertThat(post(hint("nginx"))).isEqualTo(400);
    assertThat(post(hint("nginx:1"))).isEqualTo(400);
    assertThat(post(hint(image("a").toString()).replace(namespace, "../x"))).isEqualTo(400);
    assertThat(post(hint(image("a").toString()) + " ".repeat(4096))).isEqualTo(413);
  }

  private String hint(String image) {
    return "{\"namespace\":\"%s\",\"image\":\"%s\"}".formatted(namespace, image);
  }

  private int post(String body) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(hints).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private PinnedImage image(String name) {
    return REGISTRY.image(namespace + "/" + name);
  }

  private void deploy(String... images) {
    var deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("app")
            .endMetadata()
            .withNewSpec()
            .withNewSelector()
            .addToMatchLabels("app", "app")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "app")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    var pod = deployment.getSpec().getTemplate().getSpec();
    for (var image : List.of(images)) {
      var container =
          new ContainerBuilder()
              .withName("c" + pod.getContainers().size() + pod.getInitContainers().size())
              .withImage(image)
              .build();
      (pod.getContainers().isEmpty() ? pod.getContainers() : pod.getInitContainers())
          .add(container);
    }
    CLIENT.resource(deployment).create();
  }

  private Map<String, State> states() {
    var status = policy().getStatus();
    return status == null
        ? Map.of()
        : status.images().stream()
            .collect(Collectors.toMap(ImageVerdict::image, ImageVerdict::state));
  }

  private ScanPolicy policy() {
    return CLIENT.resources(ScanPolicy.class).inNamespace(namespace).withName("signed").require();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }
}
