package dev.assay.operator.artifact.decision;

import dev.assay.api.StoredRef;
import dev.assay.api.artifact.Scan;
import dev.assay.policy.signature.Rule;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of one thing outside the Artifact; `NotAsked` where nothing depended on it yet.
public final class Sights {
  private Sights() {}

  /// The upload session in the store.
  public sealed interface Session {
    record NotAsked() implements Session {}

    record None() implements Session {}

    record Held(SessionStatus status) implements Session {}
  }

  /// The stored bytes.
  public sealed interface Version {
    record NotAsked() implements Version {}

    record Gone(String versionId) implements Version {}

    record Stored(StoredVersion version) implements Version {}
  }

  /// A Secret with URLs, by its name.
  public sealed interface UrlSecret {
    record NotAsked() implements UrlSecret {}

    record Absent() implements UrlSecret {}

    /// @param current whether its content is what it shall be
    record Ours(boolean current) implements UrlSecret {}

    record Foreign(String name) implements UrlSecret {}

    /// @param message names the command that grants access
    record Denied(String message) implements UrlSecret {}
  }

  /// A scan Job, by its name.
  public sealed interface Job {
    record None() implements Job {}

    record Foreign() implements Job {}

    /// @param note what keeps it from starting, in Kubernetes' words; empty while it gets on
    record Running(String note) implements Job {}

    record Succeeded(ScanSummary summary) implements Job {}

    record Failed(String message, Instant at) implements Job {}
  }

  /// What was read of a findings file.
  public sealed interface FindingsFile {
    record NotRead() implements FindingsFile {}

    record Read(Findings findings) implements FindingsFile {}

    record Unreadable(String why) implements FindingsFile {}
  }

  /// What is asked of signatures, and which ones there are.
  public sealed interface Signing {
    /// No rule asks for any.
    record NotAsked() implements Signing {}

    /// @param rules the policy's, then the Artifact's own
    /// @param beside whether they lie beside the object, where those of bytes that were there
    ///   before lie as well
    record Given(List<Rule> rules, List<String> signatures, boolean beside) implements Signing {}

    /// Keys or bundle could not be read.
    ///
    /// @param message a sentence that says what to do
    record Unreadable(String message) implements Signing {}
  }

  /// What of scanning was seen.
  ///
  /// @param jobs by name: the Artifact's own, and the one that its status names
  /// @param urlsDropped whether the running round's URL Secrets were deleted in this reconcile
  /// @param slotFree whether the policy's `maxConcurrent` leaves room for this Artifact now
  /// @param elsewhere another Artifact's scan of the same bytes in the same Bucket
  public record Scanning(
      Map<String, Job> jobs,
      Map<StoredRef, FindingsFile> findings,
      boolean urlsDropped,
      boolean slotFree,
      Optional<Scan> elsewhere) {
    public Job job(String name) {
      return jobs.getOrDefault(name, new Job.None());
    }

    public FindingsFile findings(StoredRef ref) {
      return findings.getOrDefault(ref, new FindingsFile.NotRead());
    }
  }
}
