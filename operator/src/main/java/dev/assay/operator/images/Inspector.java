package dev.assay.operator.images;

import dev.assay.api.scanpolicy.ImageVerdict.State;
import dev.assay.operator.images.registry.DockerConfig;
import dev.assay.operator.images.registry.Login;
import dev.assay.operator.images.registry.Registry;
import dev.assay.operator.signing.Credential;
import dev.assay.operator.signing.Credentials;
import dev.assay.policy.image.ImageSignatures.Judgement;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Rule;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Looks at one image: reads what stands beside it, and judges it.
record Inspector(Registry registry, Credentials credentials) {
  /// What came of it.
  record Result(State state, String message) {}

  private sealed interface Access {
    record Granted(Login login) implements Access {}

    record Denied(String message) implements Access {}
  }

  /// @param secret for reading signatures, in this namespace
  Result inspect(PinnedImage image, List<Rule> rules, String namespace, Optional<String> secret) {
    try {
      return switch (access(image, namespace, secret)) {
        case Access.Denied(var message) -> new Result(State.Unknown, message);
        case Access.Granted(var login) ->
            switch (registry.signaturesOf(image, login).judge(rules, image)) {
              case Judgement.Signed(var by) -> new Result(State.Verified, by);
              case Judgement.Refused(var why) -> new Result(State.Refused, why);
            };
      };
    } catch (IOException | KubernetesClientException e) {
      return new Result(State.Unknown, "it could not be asked for: " + e.getMessage());
    } catch (RuntimeException e) {
      // Whatever a stranger's bytes have done: it is not verified, and others go on.
      Log.errorf(e, "Image %s could not be looked at", image);
      return new Result(
          State.Unknown, "it could not be looked at: " + e.getClass().getSimpleName());
    }
  }

  private Access access(PinnedImage image, String namespace, Optional<String> secret) {
    if (secret.isEmpty()) {
      return new Access.Granted(new Login.Anonymous());
    }
    var name = secret.get();
    return switch (credentials.read(namespace, name)) {
      case Credential.Unusable(var message) -> new Access.Denied(message);
      case Credential.Found(var data) ->
          DockerConfig.of(data.getOrDefault(DockerConfig.KEY, ""), image)
              .<Access>map(Access.Granted::new)
              .orElseGet(() ->
                  new Access.Denied(
                      "Secret '%s' has no name and password for %s under %s"
                          .formatted(name, image.registry(), DockerConfig.KEY)));
    };
  }
}
