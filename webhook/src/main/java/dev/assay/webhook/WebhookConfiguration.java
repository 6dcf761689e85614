package dev.assay.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the webhook's process is told by its Deployment.
@ConfigMapping(prefix = "assay")
public interface WebhookConfiguration {
  /// Who this replica is in Events; the pod's name.
  @WithDefault("webhook")
  String identity();

  Operator operator();

  /// Who looks at images' signatures.
  interface Operator {
    /// A name with an address for each replica.
    String host();

    @WithDefault("8080")
    int port();
  }
}
