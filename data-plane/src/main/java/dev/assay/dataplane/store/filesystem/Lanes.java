package dev.assay.dataplane.store.filesystem;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The digests that an upload's bytes run through.
///
/// @param running a multipart upload's hash of everything before this part
record Lanes(
    Optional<MessageDigest> sha256,
    Optional<MessageDigest> md5,
    Optional<PrefixHash.Start> running) {

  List<MessageDigest> all() {
    return Stream.of(sha256, md5, running.map(PrefixHash.Start::digest))
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<String> sha256Hex() {
    return sha256.map(Digests::hex);
  }

  Optional<String> md5Hex() {
    return md5.map(Digests::hex);
  }
}
