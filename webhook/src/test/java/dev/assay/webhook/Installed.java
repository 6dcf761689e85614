package dev.assay.webhook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/// The configurations that are installed, with the webhook at an address of this machine.
record Installed(List<HasMetadata> configurations) {
  private static final Path YAML = Path.of("..", "config", "webhook", "webhooks.yaml");

  static Installed at(URI route) {
    return at("https://127.0.0.1:" + route.getPort());
  }

  /// @param origin of the webhook, such as `https://127.0.0.1:8443`
  static Installed at(String origin) {
    try {
      var documents = List.of(Files.readString(YAML).split("\n---\n", -1));
      var validating = Yaml.read(ValidatingWebhookConfiguration.class, documents.getFirst());
      var mutating = Yaml.read(MutatingWebhookConfiguration.class, documents.getLast());
      validating.getWebhooks().forEach(webhook -> lead(webhook.getClientConfig(), origin));
      mutating.getWebhooks().forEach(webhook -> lead(webhook.getClientConfig(), origin));
      return new Installed(List.of(validating, mutating));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void lead(WebhookClientConfig to, String origin) {
    var certificate = ServingCertificate.certificate().getBytes(StandardCharsets.UTF_8);
    to.setUrl(origin + to.getService().getPath());
    to.setService(null);
    to.setCaBundle(Base64.getEncoder().encodeToString(certificate));
  }

  void in(KubernetesClient admin) {
    configurations.forEach(each -> admin.resource(each).forceConflicts().serverSideApply());
  }

  void outOf(KubernetesClient admin) {
    configurations.forEach(each -> admin.resource(each).delete());
  }
}
