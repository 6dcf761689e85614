package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.Source;
import dev.assay.operator.ByteSize;
import dev.assay.operator.FluxDuration;
import dev.assay.wire.control.UploadSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an upload window of an Artifact shall be.
///
/// @param parts empty for a single PUT
public record UploadPlan(
    String secretName,
    Duration life,
    String session,
    String key,
    long maxSizeBytes,
    Optional<String> sha256,
    List<String> allowedMediaTypes,
    Optional<String> mediaType,
    Map<String, String> metadata,
    Optional<PartPlan> parts,
    boolean rejectsDuplicates) {

  /// When the API server's default did not apply (an object older than the field).
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private static final long USUAL_PART_BYTES = 64L << 20;

  /// Where neither the Artifact nor the Bucket says: 1,000 parts of 5 GiB, S3's largest.
  private static final long LARGEST_BYTES = 5_000L << 30;

  public static UploadPlan of(
      Subject subject,
      Source.Upload asked,
      String key,
      BucketSight.Serving bucket,
      int partUrlLength) {
    var spec = subject.spec();
    var limit =
        Math.min(
            asked.maxSize() == null ? LARGEST_BYTES : ByteSize.parse(asked.maxSize()),
            bucket.maxObjectSizeBytes());
    var parts =
        Optional.ofNullable(asked.multipart()).map(m -> parts(m, asked, limit, partUrlLength));
    return new UploadPlan(
        secretName(subject, asked),
        asked.expiresIn() == null ? USUAL_LIFE : FluxDuration.parse(asked.expiresIn()),
        subject.session(),
        key,
        parts.map(p -> Math.min(limit, p.partSizeBytes() * p.parts())).orElse(limit),
        Optional.ofNullable(spec.digest()).map(d -> d.substring("sha256:".length())),
        bucket.allowedMediaTypes(),
        Optional.ofNullable(spec.mediaType()),
        UserMetadata.sanitised(spec.metadata()),
        parts,
        bucket.rejectsDuplicates());
  }

  /// `spec.source.upload.secretName`, else `<name>-upload`.
  static String secretName(Subject subject, Source.Upload asked) {
    return asked.secretName() == null ? subject.name() + "-upload" : asked.secretName();
  }

  /// What the store is told.
  UploadSession session(Instant issuedAt) {
    return new UploadSession(
        session,
        key,
        maxSizeBytes,
        sha256.orElse(null),
        allowedMediaTypes,
        mediaType.orElse(null),
        metadata,
        issuedAt.plus(life),
        parts.map(p -> new UploadSession.Multipart(p.partSizeBytes(), p.parts())).orElse(null),
        rejectsDuplicates);
  }

  // Parts grow only for a size that somebody wrote down: without one they stay as asked, and as
  // many as there may be are the limit.
  private static PartPlan parts(
      Source.Multipart multipart, Source.Upload asked, long limit, int partUrlLength) {
    var partSize =
        multipart.partSize() == null ? USUAL_PART_BYTES : ByteSize.parse(multipart.partSize());
    var enough = partSize * PartPlan.MOST_PARTS;
    return PartPlan.of(
        partSize, asked.maxSize() == null ? Math.min(limit, enough) : limit, partUrlLength);
  }
}
