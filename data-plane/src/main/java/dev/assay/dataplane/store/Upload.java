package dev.assay.dataplane.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// Bytes on their way in; used by one thread at a time. Whatever is neither committed nor refused
/// when it closes is aborted: nothing of it stays, and its session learns `Incomplete`.
///
/// @param <T> what a commit makes
public interface Upload<T> extends AutoCloseable {
  /// Takes the remaining bytes; the buffer may be used again at once.
  ///
  /// @throws DiskFullException when there is no room
  /// @throws UploadCutException when the session went away or the store closes
  Outcome<Long> write(ByteBuffer chunk) throws IOException;

  /// Bytes taken so far.
  long receivedBytes();

  /// Checks and publishes. Call it only when every check of the caller's own has passed.
  ///
  /// @param expected what was not known at the start (trailers); both must hold
  /// @param attributes added to those of the request
  Outcome<T> commit(Expected expected, Map<String, String> attributes) throws IOException;

  default Outcome<T> commit() throws IOException {
    return commit(Expected.NOTHING, Map.of());
  }

  /// Drops the bytes because a check of the caller's failed; the session is told.
  void refuse(Refusal refusal) throws IOException;

  /// Runs when the upload must end from outside (session closed, store closing), on any thread:
  /// close the connection then.
  void onCut(Runnable action);

  @Override
  void close() throws IOException;
}
