package dev.assay.scanjob.trivy;

import dev.assay.scanjob.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Trivy's argument lists (0.74; docs/adr/0005 says what each was found to do).
public final class Commands {
  private final Settings settings;
  private final Path cache;
  private final Path input;

  /// One run of Trivy that gives a report.
  ///
  /// @param name of the report's file, and for people
  /// @param arguments without `--output` and `--timeout`
  public record Run(String name, List<String> arguments) {}

  public Commands(Settings settings, Path cache, Path input) {
    this.settings = settings;
    this.cache = cache;
    this.input = input;
  }

  /// What a plan's bytes need, in the order in which the reports are merged.
  public List<Run> of(Plan plan) {
    var runs = new ArrayList<Run>();
    for (var image : plan.images()) {
      var target = input.resolve(image.layout()) + "@" + image.digest();
      runs.add(scan("image-" + runs.size(), "image", settings.scanners(), "--input", target));
    }
    for (var sbom : plan.sboms()) {
      runs.addAll(packages("sbom", input.resolve(sbom)));
    }
    if (plan.tree() != null) {
      // fs reads lock files and configuration, rootfs installed packages, jars and binaries. The
      // secret scanner is the dear one and runs once.
      var tree = input.resolve(plan.tree());
      runs.add(scan("fs", "fs", settings.scanners(), tree.toString()));
      runs.addAll(packages("rootfs", tree));
    }
    if (plan.inside() != null && settings.scansFor("secret")) {
      var inside = input.resolve(plan.inside()).toString();
      runs.add(scan("inside", "fs", List.of("secret"), inside));
    }
    return List.copyOf(runs);
  }

  /// A report made into an SBOM. Needs no database.
  public static List<String> convert(Settings.SbomOutput format, Path report, Path output) {
    return List.of(
        "convert",
        "--quiet",
        "--format",
        format.format(),
        "--output",
        output.toString(),
        report.toString());
  }

  /// @param what `--download-db-only` or `--download-java-db-only`
  static List<String> download(String what, Path cache, List<String> repository) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("image", "--quiet", what, "--no-progress", "--disable-telemetry"));
    arguments.addAll(List.of("--skip-version-check", "--cache-dir", cache.toString()));
    arguments.addAll(repository);
    return List.copyOf(arguments);
  }

  private List<Run> packages(String verb, Path target) {
    var known = Set.of("vuln", "license");
    var scanners = settings.scanners().stream().filter(known::contains).toList();
    return scanners.isEmpty() ? List.of() : List.of(scan(verb, verb, scanners, target.toString()));
  }

  private Run scan(String name, String verb, List<String> scanners, String... target) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of(verb, "--quiet", "--format", "json", "--no-progress"));
    arguments.addAll(List.of("--skip-version-check", "--disable-telemetry"));
    arguments.addAll(List.of("--scanners", String.join(",", scanners)));
    // The cache may be read-only, and nothing of one artifact is of use to the next.
    arguments.addAll(List.of("--cache-dir", cache.toString(), "--cache-backend", "memory"));
    arguments.addAll(database());
    if (!verb.equals("sbom")) {
      arguments.add("--skip-check-update"); // the checks in the binary are of its version
    }
    if (settings.offline()) {
      arguments.add("--offline-scan");
    }
    settings.server().ifPresent(url -> arguments.addAll(List.of("--server", url.toString())));
    arguments.addAll(List.of(target));
    return new Run(name, List.copyOf(arguments));
  }

  private List<String> database() {
    if (settings.skipDatabaseUpdate()) {
      return List.of("--skip-db-update", "--skip-java-db-update");
    }
    var repositories = new ArrayList<String>();
    settings
        .databaseRepository()
        .ifPresent(r -> repositories.addAll(List.of("--db-repository", r)));
    settings
        .javaDatabaseRepository()
        .ifPresent(r -> repositories.addAll(List.of("--java-db-repository", r)));
    return repositories;
  }
}
