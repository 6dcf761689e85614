package dev.assay.dataplane.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.control.StoredVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a storing process (SIGKILL) after a random number of acknowledged objects and a random
/// moment more, again and again on one root.
@Timeout(300)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("assay.crash.rounds", 8);

  @TempDir private Path directory;

  private Path root() {
    return directory.resolve("store");
  }

  private record Acknowledged(String key, String versionId, String sha256, long sizeBytes) {
    static Acknowledged parse(String line) {
      var words = line.split(" ", -1);
      return new Acknowledged(words[0], words[1], words[2], Long.parseLong(words[3]));
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAndNothingElseIsHalfThere() throws Exception {
    var seed = Long.getLong("assay.crash.seed", System.nanoTime() & 0xFFFF);
    System.out.println("crash test: -Dassay.crash.seed=" + seed);
    var random = new Random(seed);
    var acknowledged = new ArrayList<Acknowledged>();
    for (var round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(runAndKill(seed * 1_000 + round, random));
      verify(acknowledged, "seed %d, round %d".formatted(seed, round));
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
  }

  private List<Acknowledged> runAndKill(long childSeed, Random random) throws Exception {
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingUploader.class.getName(),
                root().toString(),
                String.valueOf(childSeed))
            .redirectError(directory.resolve("child.err").toFile())
            .start();
    var lines = new ArrayList<String>();
    try (var reader = child.inputReader()) {
      assertThat(reader.readLine()).as(() -> errors()).isEqualTo("open");
      for (var wanted = random.nextInt(60); wanted > 0; wanted--) {
        lines.add(String.valueOf(reader.readLine()));
      }
      // Not a wait for anything: the moment of death is to be a random one.
      child.waitFor(random.nextInt(20_000), TimeUnit.MICROSECONDS);
      child.toHandle().destroyForcibly(); // the process's own method would drop its last lines
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    return lines.stream()
        // The last line of all may have been cut short by the kill.
        .filter(line -> line.matches("crash/\\S+ [0-9a-f]{32} [0-9a-f]{64} [0-9]+"))
        .map(Acknowledged::parse)
        .toList();
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("child.err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void verify(List<Acknowledged> acknowledged, String where) throws IOException {
    try (var fixture = new Fixture(root(), Fixture.immediately())) {
      fixture.assertNoTemporaryFiles();
      var all = all(fixture);
      var byId =
          all.stream().collect(Collectors.toMap(StoredVersion::versionId, Function.identity()));
      for (var one : acknowledged) {
        assertThat(byId).as("%s: %s", where, one).containsKey(one.versionId());
      }
      for (var version : all) {
        var read = fixture.read(version.key());
        assertThat(read).as("%s: %s", where, version.key()).isNotNull();
        assertThat(Fixture.sha256(read == null ? new byte[0] : read))
            .as("%s: %s", where, version.key())
            .isEqualTo(version.sha256());
      }
      assertSums(fixture, all, where);
      assertEveryBlobIsKnown(fixture, where);
    }
    // The same from the trailers alone.
    Files.delete(root().resolve("index.db"));
    try (var rebuilt = new Fixture(root(), Fixture.immediately())) {
      assertThat(rebuilt.store.startReport()).contains("index made from");
      assertThat(all(rebuilt))
          .extracting(StoredVersion::versionId)
          .containsAll(acknowledged.stream().map(Acknowledged::versionId).toList());
    }
  }

  private static void assertSums(Fixture fixture, List<StoredVersion> all, String where)
      throws IOException {
    assertThat(fixture.store.usage().objects()).as(where).isEqualTo(all.size());
    assertThat(fixture.store.usage().bytes())
        .as(where)
        .isEqualTo(all.stream().mapToLong(StoredVersion::sizeBytes).sum());
  }

  /// Parts of sessions that were open at the kill are known too: they can be completed.
  private static void assertEveryBlobIsKnown(Fixture fixture, String where) throws IOException {
    try (var sql = Index.connect(fixture.root.resolve("index.db"), true)) {
      for (var name : fixture.names("blobs")) {
        assertThat(VersionTable.referenced(sql, name)).as("%s: %s", where, name).isTrue();
      }
    }
  }

  private static List<StoredVersion> all(Fixture fixture) throws IOException {
    var all = new ArrayList<StoredVersion>();
    var page = fixture.store.versions("", null, 50);
    all.addAll(page.versions());
    for (var next = page.next(); next != null; next = page.next()) {
      page = fixture.store.versions("", next, 50);
      all.addAll(page.versions());
    }
    return all;
  }
}
