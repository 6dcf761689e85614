package dev.assay.operator.artifact;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.owned.TenantRole;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Optional;

/// Secrets by name: the operator may neither list nor watch them (decision 5).
final class Secrets {
  private final KubernetesClient client;
  private final OwnedObjects owned;
  private final String operatorNamespace;

  Secrets(KubernetesClient client, OwnedObjects owned, String operatorNamespace) {
    this.client = client;
    this.owned = owned;
    this.operatorNamespace = operatorNamespace;
  }

  UrlSecret look(Secret desired) {
    try {
      var there = client.resource(desired).get();
      if (there == null) {
        return new UrlSecret.Absent();
      }
      return OwnedObjects.isOurs(there, desired)
          ? new UrlSecret.Ours(isCurrent(there, desired))
          : new UrlSecret.Foreign(desired.getMetadata().getName());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_FORBIDDEN) {
        return denied(desired);
      }
      throw e;
    }
  }

  UrlSecret write(Secret desired) {
    return sight(owned.apply(desired, Optional.empty()), desired, new UrlSecret.Ours(true));
  }

  UrlSecret drop(Secret named) {
    return sight(owned.delete(named), named, new UrlSecret.Absent());
  }

  private UrlSecret sight(Applied applied, Secret secret, UrlSecret done) {
    return switch (applied) {
      case Applied.Done _ -> done;
      case Applied.Foreign _ -> new UrlSecret.Foreign(secret.getMetadata().getName());
      case Applied.Denied _ -> denied(secret);
      case Applied.Contested(var object, var fields) ->
          throw new Hindered(
              Reasons.NAME_CONFLICT,
              "another manager holds fields of %s: %s".formatted(object, fields));
      case Applied.Refused(var object, var why) ->
          throw new Hindered(
              Reasons.INVALID_SPEC, "the API server refuses %s: %s".formatted(object, why));
    };
  }

  private static boolean isCurrent(Secret there, Secret desired) {
    return desired.getData() == null || Objects.equals(there.getData(), desired.getData());
  }

  private UrlSecret denied(Secret secret) {
    var namespace = secret.getMetadata().getNamespace();
    return new UrlSecret.Denied(
        "the operator may not write Secrets in this namespace: run "
            + TenantRole.grant(namespace, operatorNamespace));
  }
}
