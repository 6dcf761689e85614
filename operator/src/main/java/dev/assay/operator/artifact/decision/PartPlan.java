package dev.assay.operator.artifact.decision;

/// How a multipart upload is cut.
///
/// @param partSizeBytes length of every part but the last
/// @param parts how many part URLs are handed out, at most `MOST_PARTS`
public record PartPlan(long partSizeBytes, int parts) {
  /// The data plane's limit, and what a Secret of 1 MiB holds of URLs.
  public static final int MOST_PARTS = 1000;

  /// S3 refuses smaller parts, but the last one.
  static final long SMALLEST_PART_BYTES = 5L << 20;

  /// Room for all part URLs in one Secret: 1 MiB is the API server's limit for its data, and a part
  /// of it is for the JSON around the URLs.
  static final long SECRET_BYTES = 900_000;

  /// Enlarges the parts that were asked for until the largest allowed object fits.
  ///
  /// @param urlLength of one part's URL in bytes, so that a long key takes fewer, larger parts
  public static PartPlan of(long askedPartSizeBytes, long maxSizeBytes, int urlLength) {
    var room = Math.clamp(SECRET_BYTES / Math.max(urlLength, 1), 1, MOST_PARTS);
    var partSize =
        Math.max(
            Math.max(askedPartSizeBytes, SMALLEST_PART_BYTES), Math.ceilDiv(maxSizeBytes, room));
    return new PartPlan(partSize, (int) Math.max(1, Math.ceilDiv(maxSizeBytes, partSize)));
  }
}
