package dev.assay.operator.signing;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.owned.TenantRole;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Reads Secrets by name, and only those that carry the label `assay.dev/credential: "true"`
/// (decision 4): whoever may write an Artifact must not thereby read every Secret beside it.
public final class Credentials {
  private final KubernetesClient client;
  private final String operatorNamespace;

  public Credentials(KubernetesClient client, String operatorNamespace) {
    this.client = client;
    this.operatorNamespace = operatorNamespace;
  }

  public Credential read(String namespace, String name) {
    try {
      var secret = client.secrets().inNamespace(namespace).withName(name).get();
      return secret == null
          ? new Credential.Unusable("Secret '%s' does not exist; create it".formatted(name))
          : judged(secret);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_FORBIDDEN) {
        return new Credential.Unusable(
            "the operator may not read Secret '%s': run %s"
                .formatted(name, TenantRole.grant(namespace, operatorNamespace)));
      }
      throw e;
    }
  }

  private static Credential judged(Secret secret) {
    var labels = secret.getMetadata().getLabels();
    if (labels == null || !"true".equals(labels.get(Labels.CREDENTIAL))) {
      return new Credential.Unusable(
          "Secret '%s' lacks the label %s=true, without which it is not read; run kubectl label secret %s %s=true --namespace %s"
              .formatted(
                  secret.getMetadata().getName(),
                  Labels.CREDENTIAL,
                  secret.getMetadata().getName(),
                  Labels.CREDENTIAL,
                  secret.getMetadata().getNamespace()));
    }
    var decoded = new HashMap<String, String>();
    var data = secret.getData() == null ? Map.<String, String>of() : secret.getData();
    data.forEach((key, value) ->
        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return new Credential.Found(Map.copyOf(decoded));
  }
}
