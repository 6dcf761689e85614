package dev.assay.operator.artifact.decision;

import dev.assay.api.StoredRef;
import dev.assay.operator.scan.ScanRun;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.UploadSession;

/// What is done next, after the status was written. All but `Rest` are followed by another look.
public sealed interface Next {
  /// Nothing, until something changes or the wake-up time comes.
  record Rest() implements Next {}

  /// Nothing but writing the status, which the following step relies on.
  record Remember() implements Next {}

  record OpenSession(UploadSession session) implements Next {}

  record CloseSession(String id) implements Next {}

  /// Creates the Secret, or brings its content up to date.
  record WriteSecret(SecretRole role) implements Next {}

  record DropSecret(SecretRole role) implements Next {}

  record ChangeState(String versionId, StateChange change) implements Next {}

  /// Reads a findings file from the store.
  record ReadFindings(StoredRef ref) implements Next {}

  /// Creates the URL Secrets and the Job.
  record CreateJob(ScanRun run) implements Next {}

  /// Deletes a finished Job's URL Secrets; they have done their work.
  record DropScanUrls(String jobName) implements Next {}

  /// Deletes a Job whose result nobody waits for any more, with its URL Secrets.
  record AbandonJob(String name) implements Next {}

  /// Which of an Artifact's URL Secrets.
  enum SecretRole {
    Upload,
    /// Part URLs of a multipart upload, beside `Upload`.
    Parts,
    Download
  }
}
