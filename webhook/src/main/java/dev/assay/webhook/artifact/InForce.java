package dev.assay.webhook.artifact;

import dev.assay.policy.scan.EffectivePolicy;
import dev.assay.webhook.known.Known;
import dev.assay.webhook.known.PolicyFacts;
import java.util.Optional;

/// The ScanPolicy that an Artifact is under.
public sealed interface InForce {
  record Policy(PolicyFacts policy) implements InForce {}

  /// None is asked for.
  record None() implements InForce {}

  /// It cannot be told yet; nothing is served until it can.
  ///
  /// @param why names what is missing
  record Unknown(String why) implements InForce {}

  static InForce of(Known known, String namespace, String bucket, Optional<String> asked) {
    var found = known.bucket(namespace, bucket);
    if (found.isEmpty()) {
      return new Unknown("Bucket '%s' does not exist in this namespace".formatted(bucket));
    }
    return switch (known.effective(found.get(), asked)) {
      case EffectivePolicy.Named(var name) ->
          known
              .policy(namespace, name)
              .<InForce>map(Policy::new)
              .orElseGet(() -> new Unknown("ScanPolicy '%s' has just gone".formatted(name)));
      case EffectivePolicy.Unscanned() -> new None();
      case EffectivePolicy.Refused(var _, var message) -> new Unknown(message);
    };
  }
}
