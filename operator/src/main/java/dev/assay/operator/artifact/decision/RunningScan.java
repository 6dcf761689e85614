package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.artifact.decision.Sights.FindingsFile;
import dev.assay.policy.scan.ScanVerdict;
import dev.assay.policy.scan.Verdict;
import dev.assay.wire.scan.ScanSummary;
import java.time.Instant;

/// A scan that status says is running: waits for its Job, reads its result, or starts it again when
/// it is lost.
final class RunningScan {
  private RunningScan() {}

  static Judged follow(ScanCase at, String jobName) {
    var expected = at.round().run(at.failures() + 1);
    if (!jobName.equals(expected.jobName())) {
      return abandon(at, jobName);
    }
    return switch (at.scanning().job(jobName)) {
      case Sights.Job.None _ -> Judged.of(waiting(at), new Next.CreateJob(expected));
      case Sights.Job.Running(var note) when note.isEmpty() -> Judged.of(waiting(at));
      case Sights.Job.Running(var note) ->
          Judged.of(at.standingOr(Reasons.SCANNING, "the scan does not get on: " + note));
      case Sights.Job.Foreign _ -> Judged.of(conflict(jobName));
      case Sights.Job.Failed(var message, var when) -> failed(at, jobName, message, when);
      case Sights.Job.Succeeded(var summary) -> succeeded(at, jobName, summary);
    };
  }

  private static Gate waiting(ScanCase at) {
    return at.standingOr(Reasons.SCANNING, "scanning");
  }

  private static Gate conflict(String jobName) {
    var message = "Job '%s' exists and is not this Artifact's; delete it".formatted(jobName);
    return ScanCase.failed(Standing.stalled(Reasons.NAME_CONFLICT, message), message);
  }

  // The policy's inputs changed while it ran: its answer is to another question.
  private static Judged abandon(ScanCase at, String jobName) {
    if (!(at.scanning().job(jobName) instanceof Sights.Job.None)) {
      return Judged.of(waiting(at), new Next.AbandonJob(jobName));
    }
    at.draft()
        .scan(
            ScanBuilder.of(at.memory())
                .jobName(null)
                .attempts(null)
                .nextAttemptAt(null)
                .lastFailure(null)
                .build());
    return Judged.of(waiting(at), new Next.Remember());
  }

  private static Judged failed(ScanCase at, String jobName, String message, Instant when) {
    if (!at.scanning().urlsDropped()) {
      return Judged.of(waiting(at), new Next.DropScanUrls(jobName));
    }
    var failures = at.failures() + 1;
    at.draft()
        .scan(
            ScanBuilder.of(at.memory())
                .jobName(null)
                .attempts(failures)
                .lastFailure(message)
                .nextAttemptAt(when.plus(RetryPace.after(failures, at.subject().uid())))
                .build());
    return Judged.of(
        at.standing().orElseGet(() -> ScanStart.failing(message)), new Next.Remember());
  }

  private static Judged succeeded(ScanCase at, String jobName, ScanSummary summary) {
    var problem = ScanAnswer.problem(at, jobName, summary);
    if (problem.isPresent()) {
      return failed(at, jobName, problem.get(), at.seconds());
    }
    if (summary.outcome() == ScanSummary.Outcome.Unscannable) {
      return finish(at, jobName, summary, ScanAnswer.unscannable(summary, at.policy().rules()));
    }
    var ref = VerdictRecord.ref(summary.findings());
    if (ref == null) {
      return failed(at, jobName, "the Job published no findings", at.seconds());
    }
    return switch (at.scanning().findings(ref)) {
      case FindingsFile.Read(var findings) ->
          finish(
              at,
              jobName,
              summary,
              ScanVerdict.of(findings, at.policy().rules(), at.subject().labels(), at.now()));
      case FindingsFile.Unreadable(var why) -> failed(at, jobName, why, at.seconds());
      case FindingsFile.NotRead _ -> Judged.of(waiting(at), new Next.ReadFindings(ref));
    };
  }

  private static Judged finish(ScanCase at, String jobName, ScanSummary summary, Verdict verdict) {
    if (!at.scanning().urlsDropped()) {
      return Judged.of(waiting(at), new Next.DropScanUrls(jobName));
    }
    var written =
        VerdictRecord.write(ScanBuilder.of(at.memory()), verdict, at.policy(), at.seconds());
    at.draft().scan(VerdictRecord.finished(written, summary, at.policy().inputsHash()).build());
    return Judged.of(VerdictRecord.gate(verdict), new Next.Remember());
  }
}
