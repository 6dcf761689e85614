package dev.assay.scanjob;

import dev.assay.scanjob.trivy.Databases;
import dev.assay.scanjob.trivy.Refresh;
import dev.assay.scanjob.trivy.Settings;
import dev.assay.scanjob.trivy.Trivy;
import dev.assay.wire.scan.DatabaseSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;

/// `database`: refreshes the shared cache, and says how old the databases are; in mode `Server`
/// asks Trivy's server for that and keeps no cache.
final class Database {
  private static final long DEFAULT_TIMEOUT_SECONDS = 1800;

  private Database() {}

  static DatabaseSummary run(Environment environment)
      throws IOException, StepFailure, InterruptedException {
    var server = Settings.server(environment);
    if (server.isPresent()) {
      return new DatabaseSummary(1, Databases.ofServer(server.get()), null);
    }
    var root = Files.createDirectories(environment.path("ASSAY_CACHE", "/cache"));
    var scratch = Files.createTempDirectory(root, ".scratch-");
    try {
      var trivy =
          new Trivy(
              environment.optional("ASSAY_TRIVY").orElse("trivy"),
              environment.variables(),
              scratch);
      var timeout =
          Duration.ofSeconds(
              environment.positive("ASSAY_TIMEOUT_SECONDS", DEFAULT_TIMEOUT_SECONDS));
      var cache =
          new Refresh(
                  trivy,
                  root,
                  environment.optional("ASSAY_DB_REPOSITORY"),
                  environment.optional("ASSAY_JAVA_DB_REPOSITORY"),
                  timeout)
              .at(Clock.systemUTC().instant());
      var updatedAt =
          cache
              .updatedAt()
              .orElseThrow(() ->
                  new StepFailure("DatabaseUnavailable", "Trivy ended well but left no database"));
      System.out.println("the vulnerability database is of " + updatedAt);
      return new DatabaseSummary(1, updatedAt, cache.javaUpdatedAt().orElse(null));
    } finally {
      Scratch.delete(scratch);
    }
  }
}
