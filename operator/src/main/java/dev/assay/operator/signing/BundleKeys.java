package dev.assay.operator.signing;

import dev.assay.api.Artifact;
import java.util.Optional;

/// Where an Artifact's bundle lies in its Bucket.
public final class BundleKeys {
  /// Beside what it signs, as `cosign sign-blob --bundle FILE.sigstore.json` leaves it.
  private static final String SUFFIX = ".sigstore.json";

  private BundleKeys() {}

  /// Empty while the Artifact's own key is not known, or where the bundle lies elsewhere.
  public static Optional<String> of(Artifact artifact) {
    var verify = artifact.getSpec().verify();
    var bundle = verify == null ? null : verify.bundle();
    if (bundle != null) {
      return Optional.ofNullable(bundle.key());
    }
    var status = artifact.getStatus();
    var location = status == null ? null : status.location();
    return Optional.ofNullable(location).map(l -> l.key() + SUFFIX);
  }
}
