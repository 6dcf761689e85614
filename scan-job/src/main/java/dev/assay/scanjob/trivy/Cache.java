package dev.assay.scanjob.trivy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Trivy's cache directory: `db` and `java-db`, each a database and its `metadata.json`.
///
/// A database Job keeps several versions, `versions/N`, and moves the link `current` from one to
/// the next; a scan that has begun stays with the version that it resolved.
public record Cache(Path directory) {
  static final String CURRENT = "current";

  /// @param root what is mounted: kept by a database Job, or a plain Trivy cache
  public static Cache in(Path root) throws IOException {
    var current = root.resolve(CURRENT);
    return new Cache(Files.exists(current) ? current.toRealPath() : root);
  }

  /// When the vulnerability database was built.
  public Optional<Instant> updatedAt() throws IOException {
    return time("db", "UpdatedAt");
  }

  public Optional<Instant> javaUpdatedAt() throws IOException {
    return time("java-db", "UpdatedAt");
  }

  Optional<Instant> javaNextUpdate() throws IOException {
    return time("java-db", "NextUpdate");
  }

  private Optional<Instant> time(String database, String field) throws IOException {
    var metadata = directory.resolve(database).resolve("metadata.json");
    if (!Files.isRegularFile(metadata)) {
      return Optional.empty();
    }
    JsonNode content = Json.MAPPER.readTree(metadata.toFile());
    return Optional.of(Instant.parse(content.path(field).asText()));
  }
}
