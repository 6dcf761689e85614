package dev.assay.policy.signature;

import dev.sigstore.KeylessVerifier;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// A `trusted_root.json`: whose certificates, log entries and timestamps count. Reading one costs
/// milliseconds; keep it.
public final class TrustRoot {
  private final KeylessVerifier verifier;

  private TrustRoot(KeylessVerifier verifier) {
    this.verifier = verifier;
  }

  /// The result of reading one.
  public sealed interface Read {
    record Root(TrustRoot root) implements Read {}

    record Unusable(String message) implements Read {}
  }

  public static Read read(String json) {
    if (json.length() > Limits.BUNDLE_BYTES) {
      return new Read.Unusable("trusted_root.json is larger than 1 MiB");
    }
    try {
      var root =
          SigstoreTrustedRoot.from(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
      if (root.getCAs().isEmpty() || root.getTLogs().isEmpty()) {
        return new Read.Unusable(
            "trusted_root.json names no certificate authority, or no transparency log");
      }
      return new Read.Root(
          new TrustRoot(KeylessVerifier.builder().trustedRootProvider(() -> root).build()));
    } catch (SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
      // The library's parsers throw unchecked exceptions too.
      return new Read.Unusable(
          "trusted_root.json cannot be used: " + Shown.word(String.valueOf(e.getMessage())));
    }
  }

  KeylessVerifier verifier() {
    return verifier;
  }
}
