package dev.assay.operator.certificate;

import java.time.Instant;
import java.util.List;

/// What there is of CA, leaf and trust.
record Observed(AuthoritySight authority, LeafSight leaf, List<Hook> hooks) {
  Observed {
    hooks = List.copyOf(hooks);
  }

  /// The Secret with the CA.
  sealed interface AuthoritySight {
    record Missing() implements AuthoritySight {}

    /// Nothing can be signed with what is in it.
    ///
    /// @param previous what else it names as trusted and can be read
    record Unusable(String why, List<Anchor> previous) implements AuthoritySight {}

    /// @param current signs leaves, at once or after it has been trusted for a while
    /// @param previous signed leaves that may still be served
    record Held(Anchor current, List<Anchor> previous, Trusted trusted) implements AuthoritySight {}
  }

  /// Whether the current CA stands in every caBundle.
  sealed interface Trusted {
    record NotYet() implements Trusted {}

    record Since(Instant time) implements Trusted {}
  }

  /// The Secret that the webhook's pods mount.
  sealed interface LeafSight {
    record Missing() implements LeafSight {}

    /// No client would accept what is in it, or no server could use it.
    record Unusable(String why) implements LeafSight {}

    /// Key, names and use are right, and the issuer's signature on it is.
    record Held(Anchor issuer, Instant notBefore, Instant notAfter) implements LeafSight {
      Instant renewAt() {
        return Lifetimes.renewAt(notBefore, notAfter);
      }

      /// From the certificate itself, which nobody can write without the CA's key.
      Instant writtenAt() {
        return notBefore.plus(Lifetimes.BACKDATED);
      }
    }
  }
}
