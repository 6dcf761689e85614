package dev.assay.dataplane.store;

import java.util.Optional;
import java.util.OptionalLong;

/// What the client says of its bytes; the commit refuses others.
///
/// @param lengthBytes the decoded length (`Content-Length` or `x-amz-decoded-content-length`)
/// @param sha256 lower-case hex (`x-amz-content-sha256`, `x-amz-checksum-sha256`)
/// @param md5 lower-case hex (`Content-MD5`); asking for it is what makes the store compute it for
///   a large body
public record Expected(OptionalLong lengthBytes, Optional<String> sha256, Optional<String> md5) {
  public static final Expected NOTHING =
      new Expected(OptionalLong.empty(), Optional.empty(), Optional.empty());

  public static Expected length(long bytes) {
    return new Expected(OptionalLong.of(bytes), Optional.empty(), Optional.empty());
  }

  public static Expected sha256(String hex) {
    return new Expected(OptionalLong.empty(), Optional.of(hex), Optional.empty());
  }
}
