package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.dataplane.store.DiskFullException;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  @TempDir private Path directory;

  /// A tmpfs of 4 MiB, where the user may mount one; else the test is reported as skipped, and the
  /// one below still covers the check that comes before the kernel's.
  @Test
  void theKernelsNoSpaceLeftIsATypedFailureAndLeavesNothing() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString()) == 0,
        "mounting a tmpfs needs root");
    try {
      // No reserve: the write itself has to hit the end.
      var root = Root.open(directory.resolve("store"), Fixture.BUCKET, () -> Long.MAX_VALUE, 0);
      try (var fixture = new Fixture(directory.resolve("store"), root)) {
        fixture.released("small", bytes("small"));
        var usage = fixture.store.usage();

        assertThatThrownBy(() ->
                fixture.put(Fixture.to("k"), Fixture.random(1, 6 << 20), Expected.NOTHING, 4096))
            .isInstanceOf(DiskFullException.class);

        // Large and announced: past the page cache, where the file system does that.
        assertThatThrownBy(() -> fixture.put(Fixture.to("k"), Fixture.random(1, 9 << 20)))
            .isInstanceOf(DiskFullException.class);

        fixture.assertNoTemporaryFiles();
        fixture.assertBlobs(1);
        assertThat(fixture.store.usage()).isEqualTo(usage);
        assertThat(fixture.store.served("k")).isInstanceOf(Lookup.Missing.class);
        assertThat(fixture.read("small")).isEqualTo(bytes("small"));
        fixture.stored("again", Fixture.random(2, 1 << 20)); // there is room for less
      }
    } finally {
      assertThat(run("umount", directory.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void uploadsEndBeforeTheRoomOfTheIndexIsTouched() throws IOException {
    var free = new AtomicLong(2_000_000);
    var root = Root.open(directory, Fixture.BUCKET, free::get, 1_000_000);
    try (var fixture = new Fixture(directory, root)) {
      assertThatThrownBy(() -> fixture.put(Fixture.to("announced"), new byte[1_000_001]))
          .isInstanceOf(DiskFullException.class)
          .hasMessageContaining("1000001 bytes needed");
      free.set(1_500_000);
      assertThatThrownBy(() ->
              fixture.put(Fixture.to("unannounced"), new byte[20 << 20], Expected.NOTHING, 1 << 16))
          .isInstanceOf(DiskFullException.class);
      free.set(900_000);
      assertThatThrownBy(() -> fixture.put(Fixture.to("late"), new byte[1]))
          .isInstanceOf(DiskFullException.class);

      fixture.assertBlobs(0);
      fixture.assertNoTemporaryFiles();
      assertThat(Files.exists(directory.resolve("index.db"))).isTrue();

      free.set(Long.MAX_VALUE);
      fixture.stored("room again", new byte[1]);
    }
  }
}
