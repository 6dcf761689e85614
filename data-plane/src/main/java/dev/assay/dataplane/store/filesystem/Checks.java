package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Refusal.Reason;
import java.util.Optional;

/// Compares what came with what the client said would come.
final class Checks {
  private Checks() {}

  /// @param sha256 lower-case hex, present where `expected` asks for it
  /// @param md5 likewise
  static Optional<Refusal> judge(
      Expected expected, long sizeBytes, Optional<String> sha256, Optional<String> md5) {
    if (expected.lengthBytes().isPresent() && expected.lengthBytes().getAsLong() != sizeBytes) {
      return Optional.of(incomplete(expected.lengthBytes().getAsLong(), sizeBytes + " bytes"));
    }
    if (!expected.sha256().equals(expected.sha256().flatMap(wanted -> sha256))) {
      return differ(Reason.Sha256Mismatch, "sha256:", expected.sha256(), sha256);
    }
    if (!expected.md5().equals(expected.md5().flatMap(wanted -> md5))) {
      return differ(Reason.Md5Mismatch, "md5:", expected.md5(), md5);
    }
    return Optional.empty();
  }

  static Refusal incomplete(long expectedBytes, String actual) {
    return new Refusal(Reason.Incomplete, expectedBytes + " bytes", actual);
  }

  private static Optional<Refusal> differ(
      Reason reason, String prefix, Optional<String> wanted, Optional<String> found) {
    return Optional.of(
        new Refusal(reason, prefix + wanted.orElse(""), prefix + found.orElse("not computed")));
  }
}
