package dev.assay.webhook;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// The configuration that is installed, with the webhook at an address of this machine.
record Installed(ValidatingWebhookConfiguration configuration) {
  private static final Path YAML = Path.of("..", "config", "webhook", "webhooks.yaml");

  static Installed at(URI route) {
    return at("https://127.0.0.1:" + route.getPort());
  }

  /// @param origin of the webhook, such as `https://127.0.0.1:8443`
  static Installed at(String origin) {
    try {
      var read = Yaml.read(ValidatingWebhookConfiguration.class, Files.readString(YAML));
      var certificate = ServingCertificate.certificate().getBytes(StandardCharsets.UTF_8);
      for (var webhook : read.getWebhooks()) {
        webhook.getClientConfig().setService(null);
        webhook.getClientConfig().setUrl(origin + AdmissionRoute.PATH);
        webhook.getClientConfig().setCaBundle(Base64.getEncoder().encodeToString(certificate));
      }
      return new Installed(read);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void in(KubernetesClient admin) {
    admin.resource(configuration).forceConflicts().serverSideApply();
  }

  void outOf(KubernetesClient admin) {
    admin.resource(configuration).delete();
  }
}
