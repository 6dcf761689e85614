package dev.assay.scanjob.trivy;

import dev.assay.scanjob.StepFailure;
import dev.assay.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which vulnerability database a scan uses, and how old it is.
public final class Databases {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private Databases() {}

  /// Trivy says the same less clearly, and later.
  public static void require(Settings settings, Cache cache) throws IOException, StepFailure {
    if (settings.server().isEmpty()
        && settings.skipDatabaseUpdate()
        && cache.updatedAt().isEmpty()) {
      throw new StepFailure(
          "DatabaseUnavailable",
          "there is no vulnerability database in the cache; the database Job has not filled it");
    }
  }

  public static Optional<Instant> updatedAt(Settings settings, Cache cache)
      throws IOException, StepFailure, InterruptedException {
    return settings.server().isPresent()
        ? Optional.of(ofServer(settings.server().get()))
        : cache.updatedAt();
  }

  /// Trivy's server says so at `/version`.
  public static Instant ofServer(URI server) throws StepFailure, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build()) {
      var base = server.toString().endsWith("/") ? server : URI.create(server + "/");
      var request = HttpRequest.newBuilder(base.resolve("version")).timeout(ANSWER_WITHIN).build();
      var response = client.send(request, BodyHandlers.ofByteArray());
      var version = Json.MAPPER.readTree(response.body());
      return Instant.parse(version.at("/VulnerabilityDB/UpdatedAt").asText());
    } catch (IOException | RuntimeException e) {
      throw new StepFailure(
          "ServerUnavailable",
          "Trivy's server does not say how old its database is ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
