package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.CompleteRequest.Claim;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal.Reason;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Chooses the parts that a completed object is made of, in order.
final class Assembly {
  /// Every part but the last ("Amazon S3 multipart upload limits").
  static final long MIN_PART_BYTES = 5L << 20;

  private Assembly() {}

  /// @param claims what the client lists; empty for all parts of a session
  /// @param partSizeBytes what every part but the last must have in a session
  static Outcome<List<PartRow>> choose(
      List<PartRow> stored, List<Claim> claims, OptionalLong partSizeBytes) {
    if (claims.isEmpty()) {
      return partSizeBytes.isPresent()
          ? sized(withoutGap(stored), partSizeBytes)
          : Outcome.refused(Reason.InvalidPart, "at least one part", "none is listed");
    }
    var byNumber =
        stored.stream().collect(Collectors.toMap(row -> row.part().number(), Function.identity()));
    var chosen = new ArrayList<PartRow>();
    var before = 0;
    for (var claim : claims) {
      if (claim.number() <= before) {
        return Outcome.refused(
            Reason.InvalidPartOrder, "ascending part numbers", claim.number() + " after " + before);
      }
      before = claim.number();
      var row = byNumber.get(claim.number());
      if (row == null || !row.part().etag().equals(claim.etag())) {
        return Outcome.refused(
            Reason.InvalidPart,
            "part %d with ETag %s".formatted(claim.number(), claim.etag()),
            row == null ? "no such part" : "ETag " + row.part().etag());
      }
      chosen.add(row);
    }
    return sized(Outcome.done(chosen), partSizeBytes);
  }

  private static Outcome<List<PartRow>> withoutGap(List<PartRow> stored) {
    for (var i = 0; i < stored.size(); i++) {
      if (stored.get(i).part().number() != i + 1) {
        return Outcome.refused(
            Reason.InvalidPart, "part " + (i + 1), "part " + stored.get(i).part().number());
      }
    }
    return stored.isEmpty()
        ? Outcome.refused(Reason.InvalidPart, "at least one part", "none is stored")
        : Outcome.done(stored);
  }

  private static Outcome<List<PartRow>> sized(
      Outcome<List<PartRow>> outcome, OptionalLong partSizeBytes) {
    if (!(outcome instanceof Outcome.Done<List<PartRow>>(var chosen))) {
      return outcome;
    }
    var least = partSizeBytes.orElse(MIN_PART_BYTES);
    for (var row : chosen.subList(0, chosen.size() - 1)) {
      if (row.part().sizeBytes() < least) {
        return Outcome.refused(
            Reason.PartTooSmall,
            "at least %d bytes in every part but the last".formatted(least),
            "%d bytes in part %d".formatted(row.part().sizeBytes(), row.part().number()));
      }
    }
    return outcome;
  }

  /// `md5(md5s)-N` where the MD5 of every part is known, else made from the SHA-256.
  static String etag(List<PartRow> parts, String sha256) {
    var digest = Digests.md5();
    for (var part : parts) {
      if (part.md5().isEmpty()) {
        return sha256.substring(0, 32) + "-" + parts.size();
      }
      digest.update(HexFormat.of().parseHex(part.md5().get()));
    }
    return hex(digest) + "-" + parts.size();
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
