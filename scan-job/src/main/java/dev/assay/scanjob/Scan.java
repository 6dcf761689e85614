package dev.assay.scanjob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.scanjob.report.FindingsOf;
import dev.assay.scanjob.report.Reports;
import dev.assay.scanjob.trivy.Cache;
import dev.assay.scanjob.trivy.Commands;
import dev.assay.scanjob.trivy.Databases;
import dev.assay.scanjob.trivy.Settings;
import dev.assay.scanjob.trivy.Trivy;
import dev.assay.wire.Json;
import dev.assay.wire.scan.Findings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// `scan`: runs Trivy as the plan says and writes what `publish` publishes. It sees no Secret.
final class Scan {
  /// The operator reads no more than this (decision 7).
  private static final long MAX_FINDINGS_BYTES = 1L << 20;

  /// As a tree a report takes about four times its size.
  private static final long MAX_REPORT_BYTES = Runtime.getRuntime().maxMemory() / 6;

  private final Environment environment;
  private final Settings settings;
  private final Path output;
  private final Path scratch;
  private final Trivy trivy;
  private final Clock clock;
  private final Instant end;

  private Scan(Environment environment, Settings settings, Clock clock) throws IOException {
    this.environment = environment;
    this.settings = settings;
    this.output = Files.createDirectories(environment.output());
    this.scratch = Files.createDirectories(output.resolve(".scratch"));
    this.trivy =
        new Trivy(
            environment.optional("ASSAY_TRIVY").orElse("trivy"), environment.variables(), scratch);
    this.clock = clock;
    this.end = clock.instant().plus(settings.timeout());
  }

  static void run(Environment environment) throws IOException, StepFailure, InterruptedException {
    var plan = Json.MAPPER.readValue(environment.input().resolve(Plan.FILE).toFile(), Plan.class);
    var digest = environment.digest();
    if (!plan.digest().equals(digest)) {
      throw new StepFailure(
          "DigestMismatch", "the plan is for " + plan.digest() + ", not " + digest);
    }
    var scan = new Scan(environment, Settings.of(environment), Clock.systemUTC());
    try {
      var part = plan.unscannable() == null ? scan.scanned(plan) : unscannable(plan);
      Json.MAPPER.writeValue(scan.output.resolve(SummaryPart.FILE).toFile(), part);
    } finally {
      Scratch.delete(scan.scratch);
    }
  }

  private static SummaryPart unscannable(Plan plan) {
    System.out.println("not scanned: the artifact is unscannable");
    return new SummaryPart(1, plan.digest(), plan.unscannable(), null, null, null);
  }

  private SummaryPart scanned(Plan plan) throws IOException, StepFailure, InterruptedException {
    var cache = Cache.in(environment.path("ASSAY_CACHE", "/cache"));
    if (settings.scansFor("vuln")) {
      Databases.require(settings, cache);
    }
    var reports = reports(new Commands(settings, cache.directory(), environment.input()).of(plan));
    var merged = Reports.merge(reports, plan.name());
    var findings = FindingsOf.report(merged, plan.digest());
    var counts = FindingsOf.counts(findings);
    write(Output.REPORT, merged);
    sbom(merged);
    var tooLarge = writeFindings(findings);
    System.out.println("scanned: " + counts);
    var updatedAt =
        settings.scansFor("vuln") ? Databases.updatedAt(settings, cache).orElse(null) : null;
    return new SummaryPart(
        1, plan.digest(), tooLarge, updatedAt, merged.at("/Trivy/Version").asText(null), counts);
  }

  private List<JsonNode> reports(List<Commands.Run> runs)
      throws IOException, StepFailure, InterruptedException {
    var reports = new ArrayList<JsonNode>();
    long bytes = 0;
    for (var run : runs) {
      var file = scratch.resolve(run.name() + ".json");
      var arguments = new ArrayList<>(run.arguments());
      arguments.addAll(List.of("--timeout", left().toSeconds() + "s", "--output", file.toString()));
      trivy.run(arguments, left());
      bytes += Files.size(file);
      if (bytes > MAX_REPORT_BYTES) {
        throw new StepFailure(
            "ReportTooLarge",
            "Trivy's reports have %d bytes, this Job's memory holds %d: give it more"
                .formatted(bytes, MAX_REPORT_BYTES));
      }
      reports.add(Json.MAPPER.readTree(file.toFile()));
      Files.delete(file); // it is not redacted
    }
    if (reports.isEmpty()) {
      throw new StepFailure(
          "NothingToScan", "none of " + settings.scanners() + " reads what the artifact is");
    }
    return reports;
  }

  private void sbom(ObjectNode merged) throws IOException, StepFailure, InterruptedException {
    var report = scratch.resolve("inventory.json");
    var sbom = scratch.resolve("sbom.json");
    Json.MAPPER.writeValue(report.toFile(), Reports.inventory(merged));
    trivy.run(Commands.convert(settings.sbom(), report, sbom), left());
    var name =
        switch (settings.sbom()) {
          case CycloneDx -> Output.CYCLONEDX;
          case SpdxJson -> Output.SPDX;
        };
    try (var out = gzip(output.resolve(name))) {
      Files.copy(sbom, out);
    }
  }

  private @Nullable Unscannable writeFindings(Findings findings) throws IOException {
    write(Output.FINDINGS, findings);
    var file = output.resolve(Output.FINDINGS);
    long bytes = Files.size(file);
    if (bytes <= MAX_FINDINGS_BYTES) {
      return null;
    }
    Files.delete(file);
    return new Unscannable(
        "TooManyFindings",
        "the findings have %d bytes compressed, a verdict is computed from at most %d"
            .formatted(bytes, MAX_FINDINGS_BYTES));
  }

  private void write(String name, Object content) throws IOException {
    try (var out = gzip(output.resolve(name))) {
      Json.MAPPER.writeValue(out, content);
    }
  }

  private static OutputStream gzip(Path file) throws IOException {
    return new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
