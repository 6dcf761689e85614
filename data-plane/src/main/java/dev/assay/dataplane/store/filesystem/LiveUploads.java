package dev.assay.dataplane.store.filesystem;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Uploads in flight, by their session's or multipart upload's id.
final class LiveUploads {
  private final Map<String, Set<Live>> byGroup = new HashMap<>();
  private boolean closed;

  /// What the store needs of an upload in flight.
  interface Live {
    long receivedBytes();

    /// Ends it from another thread.
    void cut(Cut why);
  }

  /// Why an upload is ended from outside.
  enum Cut {
    /// Another one has won: this one is refused with its next chunk, its client gets an answer.
    SESSION_COMPLETED,
    SESSION_CLOSED,
    STORE_CLOSING
  }

  synchronized void add(String group, Live upload) {
    byGroup.computeIfAbsent(group, id -> new HashSet<>()).add(upload);
    if (closed) {
      upload.cut(Cut.STORE_CLOSING);
    }
  }

  synchronized void remove(String group, Live upload) {
    byGroup.computeIfPresent(
        group,
        (id, uploads) -> {
          uploads.remove(upload);
          return uploads.isEmpty() ? null : uploads;
        });
  }

  synchronized int count(String group) {
    return byGroup.getOrDefault(group, Set.of()).size();
  }

  synchronized long receivedBytes(String group) {
    return byGroup.getOrDefault(group, Set.of()).stream().mapToLong(Live::receivedBytes).sum();
  }

  void cut(String group, Cut why) {
    of(group).forEach(upload -> upload.cut(why));
  }

  private synchronized List<Live> of(String group) {
    return List.copyOf(byGroup.getOrDefault(group, Set.of()));
  }

  void close() {
    List<Live> all;
    synchronized (this) {
      closed = true;
      all = byGroup.values().stream().flatMap(Set::stream).toList();
    }
    all.forEach(upload -> upload.cut(Cut.STORE_CLOSING));
  }
}
