package dev.assay.operator.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects as they were read, for writes that must fail when somebody wrote in between.
record Sight(@Nullable Secret authority, @Nullable Secret leaf, List<Hook> hooks) {
  /// Asks the API server rather than a cache: it is rare, and a cache may not know our last write.
  static Sight read(KubernetesClient kubernetes, String namespace, WebhookConfigurations hooks) {
    var secrets = kubernetes.secrets().inNamespace(namespace);
    return new Sight(
        secrets.withName(AuthoritySecret.NAME).get(),
        secrets.withName(LeafSecret.NAME).get(),
        hooks.read());
  }

  Observed facts(Issuer issuer) {
    return new Observed(
        AuthoritySecret.sight(authority), LeafSecret.sight(leaf, issuer.dnsNames()), hooks);
  }
}
