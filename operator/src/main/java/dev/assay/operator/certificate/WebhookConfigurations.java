package dev.assay.operator.certificate;

import dev.assay.operator.certificate.Hook.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The webhook configurations of one name, of which only caBundle is written here.
///
/// It is a JSON patch rather than server-side apply: both survive that the manifests are applied
/// again, but an applied list entry is owned, and a manifest of a later version without that entry
/// would leave a stump that the API server refuses (ADR 25).
final class WebhookConfigurations {
  /// Of the configurations in config/webhook.
  static final String NAME = "assay";

  static final String FIELD_MANAGER = "assay-certificates";

  private final KubernetesClient kubernetes;

  WebhookConfigurations(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  Resource<ValidatingWebhookConfiguration> validating() {
    return kubernetes.admissionRegistration().v1().validatingWebhookConfigurations().withName(NAME);
  }

  Resource<MutatingWebhookConfiguration> mutating() {
    return kubernetes.admissionRegistration().v1().mutatingWebhookConfigurations().withName(NAME);
  }

  /// Those that are there.
  List<Hook> read() {
    var validating =
        Optional.ofNullable(validating().get())
            .map(found ->
                hook(
                    Kind.Validating,
                    found,
                    found.getWebhooks().stream().map(ValidatingWebhook::getClientConfig)));
    var mutating =
        Optional.ofNullable(mutating().get())
            .map(found ->
                hook(
                    Kind.Mutating,
                    found,
                    found.getWebhooks().stream().map(MutatingWebhook::getClientConfig)));
    return Stream.of(validating, mutating).flatMap(Optional::stream).toList();
  }

  /// Fails when somebody has written since it was read.
  void trust(Hook hook, String bundle) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(FIELD_MANAGER)
            .build();
    var patch = patch(hook, bundle);
    switch (hook.kind()) {
      case Validating -> validating().patch(context, patch);
      case Mutating -> mutating().patch(context, patch);
    }
  }

  private String patch(Hook hook, String bundle) {
    var operations = new ArrayList<Map<String, String>>();
    operations.add(operation("test", "/metadata/resourceVersion", hook.resourceVersion()));
    var value = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.UTF_8));
    for (var i = 0; i < hook.bundles().size(); i++) {
      // Replaces as well where there is one (RFC 6902 4.1).
      operations.add(operation("add", "/webhooks/" + i + "/clientConfig/caBundle", value));
    }
    return kubernetes.getKubernetesSerialization().asJson(operations);
  }

  private static Map<String, String> operation(String op, String path, String value) {
    return Map.of("op", op, "path", path, "value", value);
  }

  private static Hook hook(Kind kind, HasMetadata found, Stream<WebhookClientConfig> clients) {
    return new Hook(
        kind,
        found.getMetadata().getResourceVersion(),
        clients.map(client -> text(client.getCaBundle())).toList());
  }

  private static String text(@Nullable String base64) {
    return base64 == null
        ? ""
        : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
