package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus.Refusal;
import dev.assay.api.artifact.ArtifactStatus.UploadStatus;
import dev.assay.wire.control.SessionStatus;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an open upload window says of itself.
final class UploadStanding {
  static final String MEDIA_TYPE_NOT_ALLOWED = "MediaTypeNotAllowed";

  /// An upload that was cut: the client may simply try again.
  private static final String INCOMPLETE = "Incomplete";

  /// The schema's bound for what was expected and what came.
  private static final int MOST_CHARACTERS = 256;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private UploadStanding() {}

  /// A window in which nothing has happened.
  static UploadStatus window(UploadPlan plan, Instant issuedAt) {
    return new UploadStatus(
        plan.secretName(),
        plan.session(),
        issuedAt,
        issuedAt.plus(plan.life()),
        null,
        null,
        parts(plan),
        null);
  }

  /// @param writesNumbers whether the counters may move: at most every 30 s (decision 18)
  static UploadStatus progress(
      UploadPlan plan,
      SessionStatus session,
      UploadStatus was,
      Instant issuedAt,
      boolean writesNumbers) {
    return new UploadStatus(
        plan.secretName(),
        plan.session(),
        issuedAt,
        issuedAt.plus(plan.life()),
        writesNumbers ? bytes(session, was) : was.bytesReceived(),
        writesNumbers && plan.parts().isPresent() ? parts(session, was) : was.partsReceived(),
        parts(plan),
        refusal(session.lastRefusal()));
  }

  // Nothing yet is not worth a write of its own.
  private static @Nullable Long bytes(SessionStatus session, UploadStatus was) {
    return session.bytesReceived() == 0 && was.bytesReceived() == null
        ? null
        : Long.valueOf(session.bytesReceived());
  }

  private static @Nullable Integer parts(SessionStatus session, UploadStatus was) {
    return session.partsReceived() == 0 && was.partsReceived() == null
        ? null
        : Integer.valueOf(session.partsReceived());
  }

  static Standing of(SessionStatus session, UploadPlan plan, Instant expiresAt) {
    var refusal = session.lastRefusal();
    if (refusal != null && !refusal.reason().equals(INCOMPLETE)) {
      return Standing.stalled(refusal.reason(), refused(refusal));
    }
    var again = refusal == null ? "" : "; the last attempt was cut: " + named(refusal.actual());
    return session.bytesReceived() > 0
        ? Standing.progressing("receiving bytes, until " + expiresAt + again)
        : Standing.waiting(
            Reasons.AWAITING_UPLOAD,
            "waiting for an upload with the URL in Secret '%s', until %s%s"
                .formatted(plan.secretName(), expiresAt, again));
  }

  private static String refused(SessionStatus.Refusal refusal) {
    return switch (refusal.reason()) {
      case Reasons.DIGEST_MISMATCH ->
          "spec says %s, upload had %s"
              .formatted(named(refusal.expected()), named(refusal.actual()));
      default ->
          "an upload was refused: expected %s, upload had %s"
              .formatted(named(refusal.expected()), named(refusal.actual()));
    };
  }

  private static @Nullable Integer parts(UploadPlan plan) {
    return plan.parts().map(PartPlan::parts).orElse(null);
  }

  private static @Nullable Refusal refusal(SessionStatus.@Nullable Refusal refusal) {
    return refusal == null
        ? null
        : new Refusal(refusal.reason(), named(refusal.expected()), named(refusal.actual()));
  }

  // The wire's digests are bare; everywhere else people read them with their algorithm.
  private static String named(String value) {
    var whole = HEX.matcher(value).matches() ? "sha256:" + value : value;
    return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS);
  }
}
