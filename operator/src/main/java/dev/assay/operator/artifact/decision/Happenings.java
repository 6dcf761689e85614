package dev.assay.operator.artifact.decision;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What of a status change people should hear of.
final class Happenings {
  static final String UPLOADED = "Uploaded";

  private Happenings() {}

  static List<Announcement> between(ArtifactStatus was, ArtifactStatus is) {
    var heard = new ArrayList<Announcement>();
    if (was.digest() == null && is.digest() != null) {
      heard.add(normal(UPLOADED, "received %d bytes, %s".formatted(is.size(), is.digest())));
    }
    upload(was, is, heard);
    scan(was, is, heard);
    ready(was, is, heard);
    return heard;
  }

  private static void upload(ArtifactStatus was, ArtifactStatus is, List<Announcement> heard) {
    var before = was.upload() == null ? null : was.upload().refusal();
    var refusal = is.upload() == null ? null : is.upload().refusal();
    if (refusal != null && !refusal.equals(before)) {
      heard.add(
          warning(
              Reasons.UPLOAD_REFUSED,
              "%s: expected %s, upload had %s"
                  .formatted(refusal.reason(), refusal.expected(), refusal.actual())));
    }
  }

  private static void scan(ArtifactStatus was, ArtifactStatus is, List<Announcement> heard) {
    var before = ScanBuilder.of(was.scan()).build();
    var after = ScanBuilder.of(is.scan()).build();
    if (after.lastFailure() != null && !Objects.equals(before.attempts(), after.attempts())) {
      heard.add(
          warning(
              Reasons.SCAN_FAILED,
              "attempt %d: %s".formatted(after.attempts(), after.lastFailure())));
    }
    Conditions.find(is.conditions(), ConditionTypes.SCANNED)
        .filter(c -> c.reason().equals(Reasons.REPORT_STALE))
        .filter(_ -> !hasReason(was, ConditionTypes.SCANNED, Reasons.REPORT_STALE))
        .ifPresent(c -> heard.add(warning(c.reason(), c.message())));
  }

  private static void ready(ArtifactStatus was, ArtifactStatus is, List<Announcement> heard) {
    Conditions.find(is.conditions(), ConditionTypes.READY)
        .filter(c -> !sameReady(was, c))
        .ifPresent(c -> {
          if (c.status() == Condition.Status.True) {
            heard.add(normal(Reasons.RELEASED, c.message()));
          } else if (Conditions.holds(is.conditions(), ConditionTypes.STALLED)
              && (is.upload() == null || is.upload().refusal() == null)) {
            heard.add(warning(c.reason(), c.message()));
          }
        });
  }

  private static boolean sameReady(ArtifactStatus was, Condition is) {
    return Conditions.find(was.conditions(), ConditionTypes.READY)
        .filter(c -> c.status() == is.status() && c.reason().equals(is.reason()))
        .isPresent();
  }

  private static boolean hasReason(ArtifactStatus status, String type, String reason) {
    return Conditions.find(status.conditions(), type)
        .filter(c -> c.reason().equals(reason))
        .isPresent();
  }

  private static Announcement normal(String reason, String message) {
    return new Announcement(Announcement.Type.Normal, reason, message);
  }

  private static Announcement warning(String reason, String message) {
    return new Announcement(Announcement.Type.Warning, reason, message);
  }
}
