package dev.assay.operator.certificate;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.certificate.Observed.Trusted;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.logging.Log;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Does what was decided. Every write fails when the object is another than the one that was read.
final class Steps {
  private final KubernetesClient kubernetes;
  private final String namespace;
  private final Issuer issuer;
  private final WebhookConfigurations hooks;
  private final EventRecorder events;

  Steps(
      KubernetesClient kubernetes,
      String namespace,
      Issuer issuer,
      WebhookConfigurations hooks,
      EventRecorder events) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    this.issuer = issuer;
    this.hooks = hooks;
    this.events = events;
  }

  void take(Step step, Sight seen, Instant now) throws GeneralSecurityException {
    switch (step) {
      case Step.MakeAuthority(var why, var previous) ->
          makeAuthority(seen.authority(), why, previous, now);
      case Step.RestartWait() ->
          write(AuthoritySecret.trusted(known(seen.authority()), new Trusted.NotYet()));
      case Step.Trust(var bundle, var wrong) -> trust(bundle, wrong, known(seen.authority()));
      case Step.RecordTrust(var since) ->
          write(AuthoritySecret.trusted(known(seen.authority()), new Trusted.Since(since)));
      case Step.Issue(var why) -> issue(seen, why, now);
      case Step.Retire() -> {
        var written = write(AuthoritySecret.withoutPrevious(known(seen.authority())));
        tell(written, Reasons.AUTHORITY_RETIRED, "the CAs before this one are trusted no more");
      }
      case Step.Rest(var _) -> {}
    }
  }

  private void makeAuthority(@Nullable Secret was, String why, List<Anchor> previous, Instant now) {
    var made = issuer.authority(now);
    var written = write(AuthoritySecret.of(was, namespace, made, previous));
    tell(written, Reasons.AUTHORITY_MADE, "new CA %s: %s".formatted(made, why));
  }

  private void issue(Sight seen, String why, Instant now) throws GeneralSecurityException {
    var authority = AuthoritySecret.signer(known(seen.authority()));
    var made = issuer.leaf(authority, now);
    var written = write(LeafSecret.of(seen.leaf(), namespace, made, authority.certificate()));
    tell(written, Reasons.CERTIFICATE_ISSUED, "new certificate %s: %s".formatted(made, why));
  }

  private void trust(String bundle, List<Hook> wrong, Secret authority) {
    for (var hook : wrong) {
      hooks.trust(hook, bundle);
      var what = hook.kind() + "WebhookConfiguration " + WebhookConfigurations.NAME;
      tell(authority, Reasons.CA_BUNDLE_WRITTEN, "caBundle of " + what + " was another");
    }
  }

  /// Creates where nothing was: a replica that was faster makes it a conflict.
  private Secret write(Secret secret) {
    var resource = kubernetes.resource(secret);
    return secret.getMetadata().getResourceVersion() == null
        ? resource.create()
        : resource.update();
  }

  private void tell(HasMetadata about, String reason, String message) {
    Log.infof("Secret %s/%s: %s", namespace, about.getMetadata().getName(), message);
    events.record(about, "Rotate", new Announcement(Announcement.Type.Normal, reason, message));
  }

  private static Secret known(@Nullable Secret secret) {
    return Objects.requireNonNull(secret, "what is not there is made first");
  }
}
