package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.StoreSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Measures the store without a network; `docs/adr/0003-store-layout.md` has the figures and the
/// commands. Arguments: `large <root> <MiB> <rounds>` or `small <root> <objects> <threads>
/// <bytes>`.
final class StoreBenchmark {
  private static final int CHUNK_BYTES = 64 << 10;

  private StoreBenchmark() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    var root = Path.of(arguments[1]);
    try (var store =
        FilesystemStore.open(
            root, new BucketIdentity("bench", "bench"), StoreSettings.plain(), Clock.systemUTC())) {
      if (arguments[0].equals("large")) {
        large(store, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      } else {
        var objects = Integer.parseInt(arguments[2]);
        var threads = Integer.parseInt(arguments[3]);
        var content = Fixture.random(1, Integer.parseInt(arguments[4]));
        small(store, objects / 4, threads, content); // warm-up
        small(store, objects, threads, content);
      }
    }
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      status.filter(line -> line.startsWith("VmHWM")).forEach(StoreBenchmark::say);
    }
  }

  /// The same key each time: the object before goes, so that the disk holds two at most.
  private static void large(FilesystemStore store, int mebibytes, int rounds) throws IOException {
    var chunk = Fixture.random(1, CHUNK_BYTES);
    var length = mebibytes * (1L << 20);
    for (var round = 1; round <= rounds; round++) {
      var started = System.nanoTime();
      try (var upload =
          Fixture.done(
              store.begin(Fixture.request(Fixture.to("large"), Expected.length(length))))) {
        for (var sent = 0L; sent < length; sent += CHUNK_BYTES) {
          Fixture.done(upload.write(ByteBuffer.wrap(chunk)));
        }
        var written = System.nanoTime();
        Fixture.done(upload.commit());
        say(
            "%d of %d: %d MiB at %.0f MiB/s, of which %.2f s at the end (sync, commit)"
                .formatted(
                    round,
                    rounds,
                    mebibytes,
                    mebibytes / ((System.nanoTime() - started) / 1e9),
                    (System.nanoTime() - written) / 1e9));
      }
    }
  }

  private static void small(FilesystemStore store, int objects, int threads, byte[] content)
      throws InterruptedException, ExecutionException {
    var next = new AtomicInteger();
    var started = System.nanoTime();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = Stream.<Future<Integer>>builder();
      for (var t = 0; t < threads; t++) {
        all.add(
            executor.submit(() -> {
              var done = 0;
              for (var i = next.getAndIncrement(); i < objects; i = next.getAndIncrement()) {
                put(store, "small/" + i, content);
                done++;
              }
              return done;
            }));
      }
      for (var future : all.build().toList()) {
        future.get();
      }
    }
    var seconds = (System.nanoTime() - started) / 1e9;
    say(
        "%d objects of %d bytes by %d threads: %.0f/s"
            .formatted(objects, content.length, threads, objects / seconds));
  }

  private static void put(FilesystemStore store, String key, byte[] content) throws IOException {
    try (var upload =
        Fixture.done(
            store.begin(Fixture.request(Fixture.to(key), Expected.length(content.length))))) {
      Fixture.done(upload.write(ByteBuffer.wrap(content)));
      Fixture.done(upload.commit());
    }
  }

  private static void say(String line) {
    new PrintStream(System.out, true).println(line);
  }
}
