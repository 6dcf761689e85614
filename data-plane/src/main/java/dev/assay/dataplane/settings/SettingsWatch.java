package dev.assay.dataplane.settings;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Keeps the settings in force equal to their files. Kubernetes swaps a link in the directory when
/// a ConfigMap or Secret changes, so directories are watched, not files; a slow look beside it
/// catches what a file system does not report.
public final class SettingsWatch implements Supplier<InForce>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SettingsWatch.class.getName());
  private static final long LOOK_EVERY_SECONDS = 30;

  private final SettingsFiles files;
  private final AtomicReference<InForce> current;
  private final AtomicLong refused = new AtomicLong();
  private final WatchService watch;
  private volatile String lastProblem = "";

  private SettingsWatch(SettingsFiles files, InForce first) throws IOException {
    this.files = files;
    this.current = new AtomicReference<>(first);
    this.watch = directory(files.configuration()).getFileSystem().newWatchService();
  }

  /// Reads the files and begins to watch them.
  ///
  /// @throws IOException when the first settings cannot be lived by
  public static SettingsWatch open(SettingsFiles files) throws IOException {
    var opened = new SettingsWatch(files, files.read());
    for (var directory : new Path[] {directory(files.configuration()), files.keys()}) {
      directory.register(
          opened.watch,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    }
    return opened;
  }

  /// Follows the files from now on.
  ///
  /// @param apply called for each new state, before requests see it
  public void follow(Consumer<InForce> apply) {
    Thread.ofPlatform().daemon().name("settings").start(() -> loop(apply));
  }

  private static Path directory(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
  }

  @Override
  public InForce get() {
    return current.get();
  }

  /// How often new settings were refused.
  public long refusals() {
    return refused.get();
  }

  private void loop(Consumer<InForce> apply) {
    try {
      while (true) {
        var key = watch.poll(LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        if (key != null) {
          // What happened does not matter: the files are read as a whole.
          var _ = key.pollEvents();
          key.reset();
        }
        read(apply);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      // The server stops.
    }
  }

  private void read(Consumer<InForce> apply) {
    try {
      var next = files.read();
      var before = current.get();
      if (next.digest().equals(before.digest()) && next.secrets().equals(before.secrets())) {
        lastProblem = "";
        return;
      }
      if (!next.configuration().bucketUid().equals(before.configuration().bucketUid())
          || !next.configuration().bucket().equals(before.configuration().bucket())) {
        throw new BadSettingsException(
            "%s: the bucket of a running data plane cannot change: expected %s, found %s"
                .formatted(
                    files.configuration(),
                    before.configuration().bucket(),
                    next.configuration().bucket()));
      }
      apply.accept(next);
      current.set(next);
      lastProblem = "";
      LOG.log(Level.INFO, "settings in force: configuration " + next.digest());
    } catch (IOException | RuntimeException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private void refuse(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      refused.incrementAndGet();
      LOG.log(Level.ERROR, "new settings refused, those before stay in force: " + problem);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
