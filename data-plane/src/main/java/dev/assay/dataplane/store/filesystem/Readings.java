package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Extent;
import dev.assay.dataplane.store.Reading;
import dev.assay.dataplane.store.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/// What is being read: keeps its files, and cuts it when its version stops being served.
///
/// A lookup reads the index and registers under the shared lock; a change takes effect here under
/// the exclusive one, after it is durable. So a reading either was registered in time to be cut, or
/// its lookup has seen the change.
final class Readings {
  private final Root root;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final Map<String, Set<Open>> open = new HashMap<>();
  private final Map<String, Integer> pins = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();

  Readings(Root root) {
    this.root = root;
  }

  /// Looks something up and registers what it found, as one.
  interface Search<R> {
    R run() throws IOException;
  }

  <R> R searching(Search<R> search) throws IOException {
    gate.readLock().lock();
    try {
      return search.run();
    } finally {
      gate.readLock().unlock();
    }
  }

  /// Registers a reading; only within {@link #searching}.
  ///
  /// @param serving whether it ends when its version leaves Released
  Reading open(Version version, List<BlobExtent> blobs, boolean serving) {
    var reading = new Open(version, blobs, serving);
    synchronized (open) {
      open.computeIfAbsent(version.stored().versionId(), id -> new HashSet<>()).add(reading);
    }
    pin(blobs);
    return reading;
  }

  /// Keeps files while they are needed; only within {@link #searching}.
  void pin(List<BlobExtent> blobs) {
    synchronized (pins) {
      blobs.forEach(extent -> pins.merge(extent.blob(), 1, Integer::sum));
    }
  }

  void unpin(List<BlobExtent> blobs) {
    var gone = new ArrayList<String>();
    synchronized (pins) {
      for (var extent : blobs) {
        var left = pins.merge(extent.blob(), -1, (a, b) -> a + b == 0 ? null : a + b);
        if (left == null && doomed.remove(extent.blob())) {
          gone.add(extent.blob());
        }
      }
    }
    gone.forEach(this::unlink);
  }

  /// Ends readings of a version that is not served any longer, or is gone.
  void cut(String versionId, boolean inspectingToo) {
    cut(reading -> reading.is(versionId) && (inspectingToo || reading.serving));
  }

  void cutAll() {
    cut(reading -> true);
  }

  private void cut(Predicate<Open> which) {
    List<Open> ending;
    gate.writeLock().lock();
    try {
      synchronized (open) {
        ending = open.values().stream().flatMap(Set::stream).filter(which).toList();
      }
    } finally {
      gate.writeLock().unlock();
    }
    ending.forEach(Open::cut);
  }

  /// Removes files that nothing in the index needs, each as soon as nobody reads it.
  void doom(List<String> blobs) {
    var gone = new ArrayList<String>();
    gate.writeLock().lock();
    try {
      synchronized (pins) {
        for (var blob : blobs) {
          if (pins.containsKey(blob)) {
            doomed.add(blob);
          } else {
            gone.add(blob);
          }
        }
      }
    } finally {
      gate.writeLock().unlock();
    }
    gone.forEach(this::unlink);
  }

  private void unlink(String blob) {
    // Freeing a large file takes a while, and the writer's thread must not wait for it.
    Thread.ofVirtual()
        .name("store-unlink")
        .start(() -> {
          try {
            Files.deleteIfExists(root.blob(blob));
          } catch (IOException e) {
            throw new UncheckedIOException(e); // shown by the thread; swept at the next start
          }
        });
  }

  private final class Open implements Reading {
    private final Version version;
    private final List<BlobExtent> blobs;
    private final boolean serving;
    private final CutSwitch cut = new CutSwitch();
    private boolean closed;

    Open(Version version, List<BlobExtent> blobs, boolean serving) {
      this.version = version;
      this.blobs = blobs;
      this.serving = serving;
    }

    boolean is(String versionId) {
      return version.stored().versionId().equals(versionId);
    }

    void cut() {
      cut.cut();
    }

    @Override
    public Version version() {
      return version;
    }

    @Override
    public List<Extent> extents() {
      return blobs.stream()
          .map(blob -> new Extent(root.blob(blob.blob()), 0, blob.lengthBytes()))
          .toList();
    }

    @Override
    public boolean isCut() {
      return cut.isCut();
    }

    @Override
    public void onCut(Runnable action) {
      cut.onCut(action);
    }

    @Override
    public void close() {
      synchronized (open) {
        if (closed) {
          return;
        }
        closed = true;
        var id = version.stored().versionId();
        open.computeIfPresent(
            id,
            (same, readings) -> {
              readings.remove(this);
              return readings.isEmpty() ? null : readings;
            });
      }
      unpin(blobs);
    }
  }
}
