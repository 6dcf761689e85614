package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus.UploadStatus;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import java.time.Instant;
import java.util.Optional;

/// The upload window: from its opening until bytes are stored or it closes.
final class UploadDecision {
  private UploadDecision() {}

  static Outcome decide(Observed seen, UploadPlan plan, StatusDraft draft, Instant now) {
    var unwanted = plan.mediaType().filter(m -> !MediaTypes.allowed(m, plan.allowedMediaTypes()));
    if (unwanted.isPresent()) {
      return Outcome.rest(
          Standing.stalled(
              UploadStanding.MEDIA_TYPE_NOT_ALLOWED,
              "spec.mediaType is %s, the Bucket allows %s"
                  .formatted(unwanted.get(), String.join(", ", plan.allowedMediaTypes()))));
    }
    var window = seen.subject().status().upload();
    if (window == null) {
      return open(plan, draft, now);
    }
    var issuedAt = window.issuedAt();
    if (issuedAt == null) {
      return open(plan, draft, now);
    }
    return now.isBefore(issuedAt.plus(plan.life()))
        ? during(seen, plan, draft, window, issuedAt)
        : expired(seen, issuedAt.plus(plan.life()));
  }

  // The time is written before anything is signed with it (decision 18).
  private static Outcome open(UploadPlan plan, StatusDraft draft, Instant now) {
    draft.upload(UploadStanding.window(plan, now.truncatedTo(SECONDS)));
    return Outcome.of(new Next.Remember(), opening());
  }

  private static Standing opening() {
    return Standing.progressing("opening the upload window");
  }

  private static Outcome during(
      Observed seen, UploadPlan plan, StatusDraft draft, UploadStatus window, Instant issuedAt) {
    var wanted = plan.session(issuedAt);
    if (!(seen.session() instanceof Sights.Session.Held(var session))
        || !session.session().equals(wanted)) {
      return Outcome.of(new Next.OpenSession(wanted), opening());
    }
    if (!plan.secretName().equals(window.secretName())) {
      return renamed(seen, plan, draft, issuedAt);
    }
    draft.upload(UploadStanding.progress(plan, session, window, issuedAt, seen.writesProgress()));
    var expiresAt = issuedAt.plus(plan.life());
    return secret(SecretRole.Upload, seen.uploadSecret())
        .or(() -> plan.parts().flatMap(_ -> secret(SecretRole.Parts, seen.partsSecret())))
        .orElseGet(() -> Outcome.rest(UploadStanding.of(session, plan, expiresAt)))
        .wakingAt(expiresAt);
  }

  // The old Secret goes before the new name is written down: nothing else remembers it.
  private static Outcome renamed(
      Observed seen, UploadPlan plan, StatusDraft draft, Instant issuedAt) {
    var leftover = UrlSecrets.uploadLeftover(seen);
    if (leftover.isPresent()) {
      return Outcome.of(leftover.get(), opening());
    }
    draft.upload(UploadStanding.window(plan, issuedAt));
    return Outcome.of(new Next.Remember(), opening());
  }

  private static Optional<Outcome> secret(SecretRole role, Sights.UrlSecret sight) {
    return switch (sight) {
      case Sights.UrlSecret.Ours(var current) when current -> Optional.empty();
      case Sights.UrlSecret.Ours _, Sights.UrlSecret.Absent _, Sights.UrlSecret.NotAsked _ ->
          Optional.of(Outcome.of(new Next.WriteSecret(role), opening()));
      case Sights.UrlSecret.Foreign(var name) ->
          Optional.of(Outcome.rest(UrlSecrets.conflict(name)));
      case Sights.UrlSecret.Denied(var message) ->
          Optional.of(Outcome.rest(UrlSecrets.denied(message)));
    };
  }

  // The URL is dead by its signature; session and Secret go all the same.
  private static Outcome expired(Observed seen, Instant expiresAt) {
    var standing =
        Standing.stalled(
            Reasons.UPLOAD_EXPIRED,
            "no upload before %s; raise spec.source.upload.expiresIn to open the window again, or delete this Artifact"
                .formatted(expiresAt));
    if (seen.session() instanceof Sights.Session.Held(var session)) {
      return Outcome.of(new Next.CloseSession(session.session().id()), standing);
    }
    return UrlSecrets.uploadLeftover(seen)
        .map(next -> Outcome.of(next, standing))
        .orElseGet(() -> Outcome.rest(standing));
  }
}
