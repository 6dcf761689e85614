package dev.assay.scanjob.trivy;

import dev.assay.scanjob.Scratch;
import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Brings a shared cache up to date while scans read it: a new version is made whole beside the
/// current one, then one rename makes it current.
public final class Refresh {
  private static final String VERSIONS = "versions";
  private static final List<String> JAVA_FILES = List.of("trivy-java.db", "metadata.json");

  private final Trivy trivy;
  private final Path root;
  private final Optional<String> repository;
  private final Optional<String> javaRepository;
  private final Duration timeout;

  /// @param repository OCI reference of the database, Trivy's own when absent
  /// @param timeout of each download
  public Refresh(
      Trivy trivy,
      Path root,
      Optional<String> repository,
      Optional<String> javaRepository,
      Duration timeout) {
    this.trivy = trivy;
    this.root = root;
    this.repository = repository;
    this.javaRepository = javaRepository;
    this.timeout = timeout;
  }

  /// @return the cache as it is now
  public Cache at(Instant now) throws IOException, StepFailure, InterruptedException {
    var before = Cache.in(root);
    var fresh = root.resolve(VERSIONS).resolve(Long.toString(now.toEpochMilli()));
    Files.createDirectories(fresh);
    try {
      download("--download-db-only", fresh, "--db-repository", repository);
      java(before, fresh, now);
      var after = new Cache(fresh);
      if (after.updatedAt().equals(before.updatedAt())
          && after.javaUpdatedAt().equals(before.javaUpdatedAt())) {
        Scratch.delete(fresh);
        return before;
      }
      makeCurrent(fresh);
      sweep(List.of(before.directory(), fresh.toRealPath()));
      return after;
    } catch (IOException | StepFailure | InterruptedException e) {
      Scratch.delete(fresh);
      throw e;
    }
  }

  /// The Java index is large (about 1 GB) and says itself when there is a newer one; until then the
  /// files are shared with the version before.
  private void java(Cache before, Path fresh, Instant now)
      throws IOException, StepFailure, InterruptedException {
    if (before.javaNextUpdate().filter(now::isBefore).isPresent()) {
      var to = Files.createDirectories(fresh.resolve("java-db"));
      for (var file : JAVA_FILES) {
        share(before.directory().resolve("java-db").resolve(file), to.resolve(file));
      }
      return;
    }
    download("--download-java-db-only", fresh, "--java-db-repository", javaRepository);
  }

  private static void share(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(from, to); // a file system without hard links
    }
  }

  private void download(String what, Path cache, String flag, Optional<String> source)
      throws IOException, StepFailure, InterruptedException {
    var from = source.map(name -> List.of(flag, name)).orElse(List.of());
    trivy.run(Commands.download(what, cache, from), timeout);
  }

  private void makeCurrent(Path fresh) throws IOException {
    var next = root.resolve(".next-" + fresh.getFileName());
    Files.createSymbolicLink(next, root.relativize(fresh));
    Files.move(
        next,
        root.resolve(Cache.CURRENT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// The version before stays for the scans that use it: a scan lives shorter than two refreshes
  /// are apart.
  private void sweep(List<Path> kept) throws IOException {
    try (var versions = Files.newDirectoryStream(root.resolve(VERSIONS))) {
      for (var version : versions) {
        if (!kept.contains(version.toRealPath())) {
          Scratch.delete(version);
        }
      }
    }
  }
}
