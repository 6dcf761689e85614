package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When the counters of an upload were written last: at most every 30 s (decision 18). A memory of
/// seconds; losing it costs one write.
final class Progress {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  boolean isDue(Artifact artifact, Instant now) {
    var last = written.get(artifact.getMetadata().getUid());
    return last == null || !now.isBefore(last.plus(PAUSE));
  }

  void wrote(Artifact was, Artifact is, Instant now) {
    if (received(is) != received(was)) {
      written.put(is.getMetadata().getUid(), now);
    }
    written.values().removeIf(time -> !now.isBefore(time.plus(PAUSE)));
  }

  private static long received(Artifact artifact) {
    var upload = Subjects.status(artifact).upload();
    return upload == null || upload.bytesReceived() == null ? 0 : upload.bytesReceived();
  }
}
