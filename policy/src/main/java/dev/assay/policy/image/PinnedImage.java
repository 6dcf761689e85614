package dev.assay.policy.image;

import dev.assay.policy.signature.Sha256;

/// An image of which nobody can change the bytes.
///
/// @param registry host, with its port where it has one
/// @param digest of the manifest, or of the index of a multi-platform image
public record PinnedImage(String registry, String repository, Sha256 digest) {
  /// Globs are matched against this.
  public String name() {
    return registry + "/" + repository;
  }

  /// `<registry>/<repository>@sha256:<hex>`, the key of `ScanPolicy.status.images`.
  @Override
  public String toString() {
    return name() + "@" + digest;
  }
}
