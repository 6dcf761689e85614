package dev.assay.scanjob;

import dev.assay.scanjob.http.Attempts;
import dev.assay.scanjob.http.Client;
import dev.assay.scanjob.http.Download;
import dev.assay.scanjob.http.Link;
import dev.assay.scanjob.unpack.Breach;
import dev.assay.scanjob.unpack.Limits;
import dev.assay.scanjob.unpack.SbomFormat;
import dev.assay.scanjob.unpack.Unpacker;
import dev.assay.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `fetch`: gets the artifact, checks it, unpacks it, and writes the plan.
final class Fetch {
  private static final String SBOM = "sbom.json";

  private Fetch() {}

  static void run(Environment environment) throws IOException, StepFailure, InterruptedException {
    var input = empty(environment.input());
    Files.createDirectories(environment.output()); // with our rights, before the kubelet does
    var secret = environment.path("ASSAY_SECRET_DIR", "/var/run/assay/fetch");
    var artifact = input.resolve("artifact");
    long sizeBytes = environment.positive("ASSAY_SIZE", 0);
    new Download(Client.forSecret(secret), Attempts.standard())
        .to(artifact, Link.read(secret.resolve("ARTIFACT_URL")), sizeBytes, environment.digest());
    var plan = plan(environment, input, artifact, sizeBytes);
    Json.MAPPER.writeValue(input.resolve(Plan.FILE).toFile(), plan);
    report(plan);
  }

  /// An attempt that was cut short may have left files.
  private static Path empty(Path input) throws IOException {
    if (Files.isDirectory(input)) {
      try (var files = Files.newDirectoryStream(input)) {
        for (var file : files) {
          Scratch.delete(file);
        }
      }
    }
    return Files.createDirectories(input);
  }

  private static Plan plan(Environment environment, Path input, Path artifact, long sizeBytes)
      throws IOException, StepFailure {
    var name = Unpacker.safe(environment.optional("ASSAY_FILENAME").orElse("artifact"));
    var type = environment.optional("ASSAY_TYPE").orElse("Other");
    var unpacker = new Unpacker(input, limits(environment), sizeBytes);
    @Nullable Unscannable unscannable = null;
    boolean isSbom = false;
    try {
      isSbom = SbomFormat.of(artifact) != SbomFormat.None;
      if (isSbom) {
        Files.copy(artifact, input.resolve(SBOM));
      }
      unpacker.unpack(artifact, name);
      unscannable = unlikeItsType(type, isSbom, unpacker.images());
    } catch (Breach breach) {
      unscannable = breach.unscannable();
    }
    if (!unpacker.hasTree() && unpacker.images().isEmpty()) {
      Files.createDirectories(input.resolve("tree")); // an empty archive is scanned, and clean
    }
    return new Plan(
        1,
        environment.digest(),
        name,
        unscannable,
        unpacker.hasTree() ? "tree" : null,
        unpacker.hasInside() ? "inside" : null,
        unpacker.images(),
        isSbom ? List.of(SBOM) : List.of(),
        unpacker.statistics());
  }

  /// An artifact that says it is an SBOM or an image and is none would pass with nothing found.
  private static @Nullable Unscannable unlikeItsType(
      String type, boolean isSbom, List<Plan.Image> images) {
    if (type.equals("SBOM") && !isSbom) {
      return new Unscannable(
          "NotAnSbom", "spec.type says SBOM, but the bytes are neither CycloneDX nor SPDX JSON");
    }
    if (type.equals("Image") && images.isEmpty()) {
      return new Unscannable(
          "NotAnImage", "spec.type says Image, but the bytes are no image archive");
    }
    return null;
  }

  private static Limits limits(Environment environment) throws StepFailure {
    return new Limits(
        environment.positive("ASSAY_MAX_UNPACKED_BYTES", Limits.DEFAULT_UNPACKED_BYTES),
        environment.positive("ASSAY_MAX_FILES", Limits.DEFAULT_FILES),
        (int) Math.min(100, environment.positive("ASSAY_MAX_DEPTH", Limits.DEFAULT_DEPTH)),
        environment.positive("ASSAY_MAX_RATIO", Limits.DEFAULT_RATIO));
  }

  private static void report(Plan plan) {
    var seen = plan.statistics();
    System.out.println(
        plan.unscannable() == null
            ? "fetched: %d files, %d bytes unpacked, %d images"
                .formatted(seen.files(), seen.bytes(), plan.images().size())
            : "unscannable: " + plan.unscannable().reason() + ": " + plan.unscannable().message());
  }
}
