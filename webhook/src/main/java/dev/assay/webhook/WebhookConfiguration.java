package dev.assay.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the webhook's process is told by its Deployment.
@ConfigMapping(prefix = "assay")
public interface WebhookConfiguration {
  /// Who this replica is in Events; the pod's name.
  @WithDefault("webhook")
  String identity();
}
