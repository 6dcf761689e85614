package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.artifact.ArtifactStatus.DownloadStatus;
import dev.assay.api.artifact.Download;
import dev.assay.operator.FluxDuration;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The download Secret: kept fresh while the bytes are served and `spec.download` asks for it, gone
/// otherwise.
final class DownloadDecision {
  /// When the API server's default did not apply.
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private DownloadDecision() {}

  static String secretName(Subject subject, Download asked) {
    return asked.secretName() == null ? subject.name() + "-download" : asked.secretName();
  }

  static Duration life(Download asked) {
    return asked.expiresIn() == null ? USUAL_LIFE : FluxDuration.parse(asked.expiresIn());
  }

  /// @param good the standing when nothing is wrong with the Secret
  static Outcome decide(Observed seen, StatusDraft draft, Standing good, Instant now) {
    var asked = seen.subject().spec().download();
    var was = seen.subject().status().download();
    if (asked == null) {
      return withdraw(seen, draft, good);
    }
    var name = secretName(seen.subject(), asked);
    if (was != null && !name.equals(was.secretName())) {
      return withdraw(seen, draft, good);
    }
    var due = issueDue(seen.subject(), was, life(asked), now);
    if (due) {
      draft.download(issue(seen.subject(), was, name, life(asked), now));
      return Outcome.of(new Next.Remember(), good);
    }
    return keep(seen, was, good);
  }

  /// Takes the Secret away, then its mention in status.
  static Outcome withdraw(Observed seen, StatusDraft draft, Standing standing) {
    var leftover = UrlSecrets.drop(SecretRole.Download, seen.downloadSecret());
    if (leftover.isPresent()) {
      return Outcome.of(leftover.get(), standing);
    }
    draft.download(null);
    var renamed =
        standing.isReady()
            && seen.subject().status().download() != null
            && seen.subject().spec().download() != null;
    return renamed ? Outcome.of(new Next.Remember(), standing) : Outcome.rest(standing);
  }

  private static boolean issueDue(
      Subject subject, @Nullable DownloadStatus was, Duration life, Instant now) {
    if (was == null || was.issuedAt() == null) {
      return true;
    }
    return !was.issuedAt().plus(life).equals(was.notAfter())
        || !now.isBefore(Renewal.time(was.issuedAt(), life, subject.uid()));
  }

  private static DownloadStatus issue(
      Subject subject, @Nullable DownloadStatus was, String name, Duration life, Instant now) {
    var issuedAt = now.truncatedTo(SECONDS);
    var revision = was == null || was.revision() == null ? 0 : was.revision();
    return new DownloadStatus(
        name,
        issuedAt,
        issuedAt.plus(life),
        Renewal.time(issuedAt, life, subject.uid()),
        revision + 1);
  }

  private static Outcome keep(Observed seen, @Nullable DownloadStatus was, Standing good) {
    var outcome =
        switch (seen.downloadSecret()) {
          case Sights.UrlSecret.Ours(var current) when current -> Outcome.rest(good);
          case Sights.UrlSecret.Ours _, Sights.UrlSecret.Absent _, Sights.UrlSecret.NotAsked _ ->
              Outcome.of(new Next.WriteSecret(SecretRole.Download), good);
          case Sights.UrlSecret.Foreign(var name) -> Outcome.rest(UrlSecrets.conflict(name));
          case Sights.UrlSecret.Denied(var message) -> Outcome.rest(UrlSecrets.denied(message));
        };
    return was == null || was.renewalTime() == null ? outcome : outcome.wakingAt(was.renewalTime());
  }
}
