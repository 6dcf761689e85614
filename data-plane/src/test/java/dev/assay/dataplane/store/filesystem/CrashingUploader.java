package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;

/// A process of its own that stores objects until it is killed. It prints a line for each only
/// after the store has acknowledged it: `<key> <version id> <sha256> <size>`.
final class CrashingUploader {
  private static final int THREADS = 4;

  private CrashingUploader() {}

  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments[0]);
    var seed = Long.parseLong(arguments[1]);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var fixture = new Fixture(root, StoreSettings.plain());
    out.println("open");
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var t = 0; t < THREADS; t++) {
        var random = new Random(seed * THREADS + t);
        var thread = t;
        var _ = threads.submit(() -> upload(fixture, out, random, "%d-%d".formatted(seed, thread)));
      }
    }
  }

  private static boolean upload(Fixture fixture, PrintStream out, Random random, String name)
      throws IOException {
    for (var i = 0; ; i++) {
      var key = "crash/%s/%d".formatted(name, i);
      // Small ones to die in commits, large ones to die in writes, joined ones for both.
      var kind = random.nextInt(10);
      var version =
          kind == 0
              ? joined(fixture, key, random)
              : fixture.stored(key, bytes(random, kind < 3 ? 2_000_000 : 3_000));
      out.println(
          "%s %s %s %d".formatted(key, version.versionId(), version.sha256(), version.sizeBytes()));
    }
  }

  private static StoredVersion joined(Fixture fixture, String key, Random random)
      throws IOException {
    var id = "session-" + key.replace('/', '-');
    fixture.store.openSession(fixture.session(id, key, new UploadSession.Multipart(100_000, 9)));
    for (var n = 1; n <= 3; n++) {
      var content = new byte[n == 3 ? 1 + random.nextInt(100_000) : 100_000];
      random.nextBytes(content);
      Fixture.done(fixture.part(id, key, n, content));
    }
    return Fixture.done(
            fixture.store.complete(
                new CompleteRequest(
                    id, key, List.of(), Map.of(), Expected.NOTHING, Precondition.NONE, "A")))
        .stored();
  }

  private static byte[] bytes(Random random, int bound) {
    var content = new byte[random.nextInt(bound)];
    random.nextBytes(content);
    return content;
  }
}
