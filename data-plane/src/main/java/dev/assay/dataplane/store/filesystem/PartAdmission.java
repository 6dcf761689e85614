package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.StoreSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Decides whether a part may come in and how long it may be; asked before its first byte and again
/// in the transaction that stores it.
final class PartAdmission {
  /// S3's limits ("Amazon S3 multipart upload limits").
  static final int MAX_PARTS = 10_000;

  static final long MAX_PART_BYTES = 5L << 30;

  private PartAdmission() {}

  /// @param plain the upload, if it is a plain one
  /// @param session the upload, if it is a session's
  /// @param bytesBeside the other parts' sizes added up
  record Facts(
      String uploadId,
      String key,
      int number,
      Optional<MultipartRow> plain,
      Optional<SessionRow> session,
      long bytesBeside,
      StoreSettings settings,
      long usageBytes,
      Instant now) {}

  /// @return how many bytes the part may have
  static Outcome<Long> judge(Facts facts, long sizeBytes) {
    var multipart = facts.session().map(row -> row.session().multipart());
    long limit;
    int maxNumber;
    String key;
    if (facts.plain().isPresent() && facts.plain().get().versionId().isEmpty()) {
      key = facts.plain().get().request().key();
      limit = Math.min(MAX_PART_BYTES, facts.settings().maxObjectSizeBytes() - facts.bytesBeside());
      maxNumber = MAX_PARTS;
    } else if (multipart.isPresent()) {
      var row = facts.session().orElseThrow();
      var refusal = Admission.phase(row, facts.now());
      if (refusal.isPresent()) {
        return new Outcome.Refused<>(refusal.get());
      }
      key = row.session().key();
      var room = Math.min(row.session().maxSizeBytes(), facts.settings().maxObjectSizeBytes());
      limit = Math.min(multipart.get().partSizeBytes(), room - facts.bytesBeside());
      maxNumber = multipart.get().maxParts();
    } else {
      return Outcome.refused(
          Reason.NoSuchUpload, "an open multipart upload", "no upload " + facts.uploadId());
    }
    if (!key.equals(facts.key())) {
      return Outcome.refused(Reason.WrongKey, "the upload's key", "another key in the path");
    }
    if (facts.number() < 1 || facts.number() > maxNumber) {
      return Outcome.refused(
          Reason.InvalidPartNumber, "1 to " + maxNumber, String.valueOf(facts.number()));
    }
    return within(facts, sizeBytes, limit);
  }

  private static Outcome<Long> within(Facts facts, long sizeBytes, long limit) {
    var tooLarge = Admission.size(sizeBytes, Math.max(0, limit));
    if (tooLarge.isPresent()) {
      return new Outcome.Refused<>(tooLarge.get());
    }
    var bytes = facts.usageBytes() + facts.bytesBeside() + sizeBytes;
    var quota = facts.settings().quota();
    if (quota.isPresent() && bytes > quota.get().maxSizeBytes()) {
      return Outcome.refused(
          Reason.QuotaExceeded,
          "%d bytes".formatted(quota.get().maxSizeBytes()),
          "%d bytes".formatted(bytes));
    }
    return Outcome.done(limit);
  }

  static Facts observe(
      Sql sql, String uploadId, String key, int number, StoreSettings settings, Instant now)
      throws IOException {
    return new Facts(
        uploadId,
        key,
        number,
        MultipartTable.byId(sql, uploadId),
        SessionTable.byId(sql, uploadId),
        MultipartTable.bytesBeside(sql, uploadId, number),
        settings,
        VersionTable.usage(sql).bytes(),
        now);
  }
}
