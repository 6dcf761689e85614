package dev.assay.dataplane.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.FeedAnswer;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.PartRequest;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Reading;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.StateOutcome;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.dataplane.store.Upload;
import dev.assay.dataplane.store.UploadRequest;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.DataPlaneConfiguration.Quota;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A store in a directory with the calls that tests make of it.
final class Fixture implements AutoCloseable {
  static final BucketIdentity BUCKET = new BucketIdentity("releases", "uid-1");
  static final StoreSettings WHEN_READY =
      new StoreSettings(
          false, 1L << 30, List.of(), Optional.empty(), List.of(), false, Duration.ofHours(24));

  final Path root;
  final TestClock clock = new TestClock();
  FilesystemStore store;

  Fixture(Path root) throws IOException {
    this(root, WHEN_READY);
  }

  Fixture(Path root, StoreSettings settings) throws IOException {
    this.root = root;
    this.store = FilesystemStore.open(root, BUCKET, settings, clock);
  }

  Fixture(Path directory, Root root) throws IOException {
    this.root = directory;
    this.store = FilesystemStore.open(root, WHEN_READY, clock);
  }

  void reopen(StoreSettings settings) throws IOException {
    store.close();
    store = FilesystemStore.open(root, BUCKET, settings, clock);
  }

  static StoreSettings immediately() {
    return StoreSettings.plain();
  }

  static StoreSettings reusing() {
    return new StoreSettings(
        false, 1L << 30, List.of(), Optional.empty(), List.of(), true, Duration.ofHours(24));
  }

  static StoreSettings quota(long bytes, long objects) {
    return new StoreSettings(
        false,
        1L << 30,
        List.of(),
        Optional.of(new Quota(bytes, objects)),
        List.of(),
        false,
        Duration.ofHours(24));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] random(long seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[]... pieces) {
    return digest("SHA-256", pieces);
  }

  static String md5(byte[]... pieces) {
    return digest("MD5", pieces);
  }

  private static String digest(String algorithm, byte[]... pieces) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      for (var piece : pieces) {
        digest.update(piece);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static UploadRequest request(Destination destination, Expected expected) {
    return new UploadRequest(
        destination,
        "application/octet-stream",
        Map.of("colour", "blue"),
        Map.of("cache-control", "no-store"),
        "AKIATEST",
        expected);
  }

  static Destination.Key to(String key) {
    return new Destination.Key(key, Precondition.NONE);
  }

  Outcome<Version> put(Destination destination, byte[] bytes) throws IOException {
    return put(destination, bytes, Expected.length(bytes.length), 4096);
  }

  Outcome<Version> put(Destination destination, byte[] bytes, Expected expected, int chunk)
      throws IOException {
    return switch (store.begin(request(destination, expected))) {
      case Outcome.Refused<Upload<Version>>(var refusal) -> new Outcome.Refused<>(refusal);
      case Outcome.Done<Upload<Version>>(var upload) -> {
        try (upload) {
          yield send(upload, bytes, chunk);
        }
      }
    };
  }

  static <T> Outcome<T> send(Upload<T> upload, byte[] bytes, int chunk) throws IOException {
    for (var at = 0; at < bytes.length; at += chunk) {
      var sent = upload.write(ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at)));
      if (sent instanceof Outcome.Refused<Long>(var refusal)) {
        return new Outcome.Refused<>(refusal);
      }
    }
    return upload.commit();
  }

  Outcome<Part> part(String uploadId, String key, int number, byte[] bytes) throws IOException {
    return part(uploadId, key, number, bytes, Expected.length(bytes.length));
  }

  Outcome<Part> part(String uploadId, String key, int number, byte[] bytes, Expected expected)
      throws IOException {
    var request = new PartRequest(uploadId, key, number, "AKIATEST", Map.of(), expected);
    return switch (store.beginPart(request)) {
      case Outcome.Refused<Upload<Part>>(var refusal) -> new Outcome.Refused<>(refusal);
      case Outcome.Done<Upload<Part>>(var upload) -> {
        try (upload) {
          yield send(upload, bytes, 1 << 16);
        }
      }
    };
  }

  StoredVersion stored(String key, byte[] bytes) throws IOException {
    return done(put(to(key), bytes)).stored();
  }

  StoredVersion released(String key, byte[] bytes) throws IOException {
    return change(stored(key, bytes), VersionState.Released);
  }

  StoredVersion change(StoredVersion version, VersionState to) throws IOException {
    var outcome = store.change(version.versionId(), asked(version, to));
    return switch (outcome) {
      case StateOutcome.Applied(var now) -> now;
      case StateOutcome.Conflict(var now) -> throw new AssertionError("conflict with " + now);
      case StateOutcome.Missing() -> throw new AssertionError("missing");
    };
  }

  static StateChange asked(StoredVersion seen, VersionState to) {
    return new StateChange(to, seen.stateRevision(), seen.sha256(), "Reason", "A sentence.");
  }

  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  static <T> Refusal.Reason reason(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> throw new AssertionError("not refused: " + value);
      case Outcome.Refused<T>(var refusal) -> refusal.reason();
    };
  }

  byte @Nullable [] read(String key) throws IOException {
    return store.served(key) instanceof Lookup.Found(var reading) ? content(reading) : null;
  }

  static Reading reading(Lookup lookup) {
    if (lookup instanceof Lookup.Found(var reading)) {
      return reading;
    }
    throw new AssertionError("expected a reading, found " + lookup);
  }

  static byte[] content(Reading reading) throws IOException {
    try (reading) {
      var all = new ByteArrayOutputStream();
      for (var extent : reading.extents()) {
        var file = Files.readAllBytes(extent.file());
        var from = Math.toIntExact(extent.offset());
        all.writeBytes(
            Arrays.copyOfRange(file, from, from + Math.toIntExact(extent.lengthBytes())));
      }
      return all.toByteArray();
    }
  }

  List<Change> feed(String cursor) throws IOException, InterruptedException {
    return news(store.changes(cursor, Duration.ZERO, 1_000)).changes();
  }

  String cursor() throws IOException, InterruptedException {
    return news(store.changes(null, Duration.ZERO, 1)).cursor();
  }

  static dev.assay.wire.control.Changes news(FeedAnswer answer) {
    if (answer instanceof FeedAnswer.News(var changes)) {
      return changes;
    }
    throw new AssertionError("expected news, found " + answer);
  }

  UploadSession session(String id, String key) {
    return new UploadSession(
        id,
        key,
        1 << 20,
        null,
        List.of(),
        null,
        Map.of("owner", "us"),
        clock.instant().plus(Duration.ofHours(1)),
        null,
        false);
  }

  UploadSession session(String id, String key, UploadSession.Multipart multipart) {
    return new UploadSession(
        id,
        key,
        1 << 20,
        null,
        List.of(),
        "application/gzip",
        Map.of(),
        clock.instant().plus(Duration.ofHours(1)),
        multipart,
        false);
  }

  List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /// Files that nobody refers to any more go in the background, so this waits for it.
  void assertBlobs(int count) throws IOException {
    var deadline = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(30);
    while (names("blobs").size() != count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(names("blobs")).hasSize(count);
  }

  void assertNoTemporaryFiles() throws IOException {
    assertThat(names("tmp")).isEmpty();
  }

  static Expected expected(long length, String sha256, String md5) {
    return new Expected(OptionalLong.of(length), Optional.of(sha256), Optional.of(md5));
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
