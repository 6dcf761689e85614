package dev.assay.dataplane.store;

import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The versions of one bucket, their states, upload sessions and change feed (decisions 8 to 13).
///
/// Every call may block on the disk: call from a worker or virtual thread, never from an event
/// loop. Every answer is durable when the call returns. Expected refusals are values; an {@link
/// IOException} means that the store could not find out or could not write, and a {@link
/// DiskFullException} that there is no room. Safe for use by many threads.
public interface Store extends AutoCloseable {
  /// Keys below this prefix are the operator's own: never staged, create-only, outside of usage.
  String INTERNAL = ".assay/";

  /// Longest key, in bytes of UTF-8 (S3 API reference, "Object key names").
  int MAX_KEY_BYTES = 1_024;

  /// Puts new limits in force; uploads in flight are judged by them when they commit.
  void configure(StoreSettings settings);

  /// Opens a whole-object upload, or refuses it before its first byte.
  Outcome<Upload<Version>> begin(UploadRequest request) throws IOException;

  /// Starts a plain multipart upload (never needed for a session, whose id is its upload id).
  Outcome<Multipart> createMultipart(MultipartRequest request) throws IOException;

  /// Opens the upload of one part. A part that is there already is replaced when this one commits.
  Outcome<Upload<Part>> beginPart(PartRequest request) throws IOException;

  /// The multipart upload of that id, also a session's before its first part, until it is
  /// completed, aborted or expired.
  Optional<Multipart> multipart(String uploadId) throws IOException;

  /// Parts with a number above `afterNumber`, ascending.
  List<Part> parts(String uploadId, int afterNumber, int limit) throws IOException;

  /// Open plain multipart uploads with that prefix, by key then id, after the given pair.
  List<Multipart> multiparts(String prefix, String afterKey, String afterId, int limit)
      throws IOException;

  /// Joins parts to one version without copying them. Completing a completed upload again answers
  /// its version. May take as long as hashing the parts that came out of order.
  Outcome<Version> complete(CompleteRequest request) throws IOException;

  /// Forgets a plain multipart upload and its parts, or a session's parts.
  ///
  /// @return whether there was one
  boolean abortMultipart(String uploadId) throws IOException;

  /// Opens what is served under a key, `.assay/` included. The reading is cut when its version
  /// leaves `Released`.
  Lookup served(String key) throws IOException;

  /// Opens one version in any state. The reading is cut when it leaves `Released` if `purpose` is
  /// `Serve` (and refused unless it is Released), and when it is deleted in any case.
  Lookup version(String versionId, Purpose purpose) throws IOException;

  /// One version as it stands, without opening it.
  Optional<Version> describe(String versionId) throws IOException;

  /// A page of the served keys in byte order, rolled up by a delimiter.
  ListPage list(ListQuery query) throws IOException;

  /// A page of all versions outside `.assay/`, in key order, newest of a key first.
  ///
  /// @param after the `next` of the page before
  /// @throws IllegalArgumentException for an `after` that no page gave
  VersionPage versions(String prefix, @Nullable String after, int limit) throws IOException;

  /// Versions outside `.assay/` whose bytes have that SHA-256 (lower-case hex).
  List<StoredVersion> withDigest(String sha256) throws IOException;

  /// Moves a version to another state, and the served pointer with it.
  StateOutcome change(String versionId, StateChange change) throws IOException;

  /// S3's DELETE of a key: removes the version that is served. Nothing served is success too.
  DeleteOutcome deleteServed(String key, Precondition precondition) throws IOException;

  /// Removes one version in any state; readings of it are cut.
  ///
  /// @return whether it was there
  boolean deleteVersion(String versionId) throws IOException;

  /// Removes everything below a prefix of `.assay/`.
  ///
  /// @throws IllegalArgumentException for a prefix outside of `.assay/`
  int deleteInternal(String prefix) throws IOException;

  /// Opens a session or replaces the limits of an open one; a completed one stays as it is.
  SessionStatus openSession(UploadSession session) throws IOException;

  Optional<SessionStatus> session(String id) throws IOException;

  /// Forgets a session: its uploads in flight are cut, its parts removed, its version stays.
  void closeSession(String id) throws IOException;

  /// Reads the feed after a cursor, waiting at most `wait` for news; without a cursor the current
  /// one at once. Answers early, without changes, when the store closes.
  FeedAnswer changes(@Nullable String cursor, Duration wait, int limit)
      throws IOException, InterruptedException;

  Usage usage() throws IOException;

  /// Names this life of the index: another epoch means that feed positions start anew.
  String epoch();

  /// Removes what is over at `now`: parts of expired sessions and of abandoned multipart uploads,
  /// old feed rows. Call it about once a minute.
  void sweep(Instant now) throws IOException;

  /// Ends uploads and readings in flight and lets go of the root.
  @Override
  void close() throws IOException;

  /// Why a version is read by its id.
  enum Purpose {
    /// For clients: only while it is Released.
    Serve,
    /// For the scanner and the operator: in any state.
    Inspect
  }

  /// Versions outside `.assay/`, and their sizes added up.
  record Usage(long objects, long bytes) {}
}
