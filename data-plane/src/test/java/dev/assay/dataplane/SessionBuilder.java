package dev.assay.dataplane;

import dev.assay.wire.control.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session for a test, wide open where the test says nothing.
final class SessionBuilder {
  private final String id;
  private final String key;
  private long maxSizeBytes = 1L << 30;
  private @Nullable String sha256;
  private Instant expiresAt = Instant.now().plusSeconds(600);
  private UploadSession.@Nullable Multipart multipart;

  SessionBuilder(String id, String key) {
    this.id = id;
    this.key = key;
  }

  SessionBuilder maxSizeBytes(long bytes) {
    maxSizeBytes = bytes;
    return this;
  }

  SessionBuilder sha256(String hex) {
    sha256 = hex;
    return this;
  }

  SessionBuilder expiresAt(Instant time) {
    expiresAt = time;
    return this;
  }

  SessionBuilder multipart(UploadSession.Multipart parts) {
    multipart = parts;
    return this;
  }

  UploadSession build() {
    return new UploadSession(
        id,
        key,
        maxSizeBytes,
        sha256,
        List.of(),
        null,
        Map.of("team", "a"),
        expiresAt,
        multipart,
        false);
  }
}
