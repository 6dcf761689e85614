package dev.assay.dataplane;

import dev.assay.dataplane.control.ControlHandler;
import dev.assay.dataplane.control.Routes;
import dev.assay.dataplane.health.ManagementHandler;
import dev.assay.dataplane.health.Metrics;
import dev.assay.dataplane.http.Engine;
import dev.assay.dataplane.http.Handler;
import dev.assay.dataplane.http.Limits;
import dev.assay.dataplane.http.Port;
import dev.assay.dataplane.s3.S3Handler;
import dev.assay.dataplane.s3.Uploads;
import dev.assay.dataplane.settings.AloneSettings;
import dev.assay.dataplane.settings.InForce;
import dev.assay.dataplane.settings.SettingsFiles;
import dev.assay.dataplane.settings.SettingsWatch;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.dataplane.store.filesystem.BucketIdentity;
import dev.assay.dataplane.store.filesystem.FilesystemStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// A running data plane: a store, and the ports that lead to it.
final class DataPlane implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DataPlane.class.getName());

  /// What a pod's grace period of 30 s leaves after the endpoints have forgotten it.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Engine engine = new Engine();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Clock clock;
  private final Limits limits;

  private DataPlane(Clock clock, Limits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  static DataPlane start(Options options) throws IOException, InterruptedException {
    return start(options, Clock.systemUTC(), Limits.DEFAULT);
  }

  /// @throws IOException with a sentence for people when a port, the root or a file will not do
  static DataPlane start(Options options, Clock clock, Limits limits)
      throws IOException, InterruptedException {
    var started = new DataPlane(clock, limits);
    try {
      started.open(options);
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void open(Options options) throws IOException, InterruptedException {
    switch (options.mode()) {
      case Options.Mode.Alone(var bucket, var region, var id, var secret) -> {
        var settings = AloneSettings.of(bucket, region, id, secret);
        serve(options, () -> settings, openStore(options, settings));
      }
      case Options.Mode.InPod(var configuration, var keys) -> {
        var watch = SettingsWatch.open(new SettingsFiles(configuration, keys));
        parts.addFirst(watch);
        metrics.counter("settings.refused", "New settings not applied", watch::refusals);
        var store = openStore(options, watch.get());
        serve(options, watch, store);
        watch.follow(now -> store.configure(StoreSettings.of(now.configuration())));
      }
    }
  }

  private Store openStore(Options options, InForce settings) throws IOException {
    var configuration = settings.configuration();
    var identity = new BucketIdentity(configuration.bucket(), configuration.bucketUid());
    var store =
        FilesystemStore.open(options.root(), identity, StoreSettings.of(configuration), clock);
    parts.addFirst(store);
    LOG.log(Level.INFO, "store %s: %s".formatted(options.root(), store.startReport()));
    return store;
  }

  private void serve(Options options, Supplier<InForce> settings, Store store)
      throws IOException, InterruptedException {
    var uploads = new Uploads(options.maxUploads());
    parts.addFirst(uploads);
    metrics.gauge("uploads.in.flight", "Bodies on their way in", uploads::inFlight);
    metrics.gauge("objects", "Versions outside of .assay/", () -> usage(store).objects());
    metrics.gauge("stored.bytes", "Their sizes added up", () -> usage(store).bytes());
    sweepEveryMinute(store);
    listen(
        options,
        options.ports().s3(),
        new S3Handler(store, uploads, settings, clock, new RequestLog(metrics)::ended));
    if (options.ports().control().isPresent()) {
      listen(
          options,
          options.ports().control().getAsInt(),
          new ControlHandler(new Routes(store, clock), settings, clock, metrics::ended));
    }
    if (options.ports().management().isPresent()) {
      listen(
          options,
          options.ports().management().getAsInt(),
          new ManagementHandler(metrics, () -> problem(store)));
    }
    LOG.log(
        Level.INFO,
        "serving bucket %s on %s"
            .formatted(
                settings.get().configuration().bucket(),
                ports.stream().map(Port::address).map(Object::toString).toList()));
  }

  private void listen(Options options, int port, Handler handler)
      throws IOException, InterruptedException {
    ports.add(engine.listen(new InetSocketAddress(options.bind(), port), handler, limits));
  }

  /// Where the S3, control and management ports listen, in that order, as far as they are open.
  List<InetSocketAddress> addresses() {
    return ports.stream().map(Port::address).toList();
  }

  private String problem(Store store) {
    if (stopping.get()) {
      return "stopping";
    }
    try {
      var _ = store.usage();
      return "";
    } catch (IOException e) {
      return "the store cannot be read";
    }
  }

  private static Store.Usage usage(Store store) {
    try {
      return store.usage();
    } catch (IOException e) {
      // The probe says so; a gauge cannot.
      return new Store.Usage(-1, -1);
    }
  }

  private void sweepEveryMinute(Store store) {
    var sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweeper").factory());
    parts.addFirst(sweeper::shutdownNow);
    var _ =
        sweeper.scheduleWithFixedDelay(
            () -> {
              try {
                store.sweep(clock.instant());
              } catch (IOException | RuntimeException e) {
                LOG.log(Level.ERROR, "sweep failed, the next is in a minute", e);
              }
            },
            1,
            1,
            TimeUnit.MINUTES);
  }

  /// Stops taking requests, lets those in flight finish, then lets go of the store.
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    try {
      stopPorts();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // The last shell there is: the other parts must close too.
        LOG.log(Level.ERROR, "closing failed", e);
      }
    }
    engine.close();
    LOG.log(Level.INFO, "stopped");
  }

  /// The S3 port's clients would lose an upload; those of the others ask again.
  private void stopPorts() throws InterruptedException {
    for (var port : ports) {
      port.stopAccepting();
    }
    var patience = PATIENCE;
    for (var port : ports) {
      if (!port.awaitQuiet(patience)) {
        LOG.log(Level.WARNING, "requests in flight were cut after " + patience);
      }
      patience = Duration.ofSeconds(1);
    }
  }
}
