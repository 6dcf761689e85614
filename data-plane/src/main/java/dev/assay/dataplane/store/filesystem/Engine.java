package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.StoreSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/// What the parts of an open store share.
///
/// @param prefixes the running hashes of open multipart uploads, by upload id
record Engine(
    Root root,
    Index index,
    Readings readings,
    LiveUploads live,
    Hashing hashing,
    Progress progress,
    ConcurrentMap<String, PrefixHash> prefixes,
    AtomicReference<StoreSettings> current,
    Clock clock) {

  static Engine of(Root root, Index index, StoreSettings settings, Clock clock) {
    var live = new LiveUploads();
    return new Engine(
        root,
        index,
        new Readings(root),
        live,
        new Hashing(),
        new Progress(index, live, clock),
        new ConcurrentHashMap<>(),
        new AtomicReference<>(settings),
        clock);
  }

  StoreSettings settings() {
    return current.get();
  }

  Instant now() {
    return clock.instant();
  }

  String newId() {
    return Ids.next(now());
  }

  PrefixHash prefix(String uploadId) {
    return prefixes.computeIfAbsent(uploadId, id -> new PrefixHash());
  }
}
