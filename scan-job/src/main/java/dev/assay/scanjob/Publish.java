package dev.assay.scanjob;

import dev.assay.scanjob.http.Attempts;
import dev.assay.scanjob.http.Client;
import dev.assay.scanjob.http.Digests;
import dev.assay.scanjob.http.Link;
import dev.assay.scanjob.http.Upload;
import dev.assay.wire.Json;
import dev.assay.wire.scan.ScanSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `publish`: puts what `scan` wrote into the store, and says what is where.
final class Publish {
  private final Environment environment;
  private final Path secret;
  private final Upload upload;

  private Publish(Environment environment) throws IOException, StepFailure {
    this.environment = environment;
    this.secret = environment.path("ASSAY_SECRET_DIR", "/var/run/assay/publish");
    this.upload = new Upload(Client.forSecret(secret), Attempts.standard());
  }

  static ScanSummary run(Environment environment)
      throws IOException, StepFailure, InterruptedException {
    var part =
        Json.MAPPER.readValue(
            environment.output().resolve(SummaryPart.FILE).toFile(), SummaryPart.class);
    if (!part.digest().equals(environment.digest())) {
      throw new StepFailure(
          "DigestMismatch", "the scan is of " + part.digest() + ", not " + environment.digest());
    }
    return new Publish(environment).all(part);
  }

  private ScanSummary all(SummaryPart part) throws IOException, StepFailure, InterruptedException {
    var output = environment.output();
    var unscannable = part.unscannable();
    return new ScanSummary(
        1,
        unscannable == null ? ScanSummary.Outcome.Scanned : ScanSummary.Outcome.Unscannable,
        part.digest(),
        unscannable == null ? null : unscannable.reason(),
        unscannable == null ? null : unscannable.message(),
        part.databaseUpdatedAt(),
        part.trivyVersion(),
        put(Optional.of(output.resolve(Output.REPORT)), "REPORT"),
        put(Output.sbomIn(output), "SBOM"),
        put(Optional.of(output.resolve(Output.FINDINGS)), "FINDINGS"),
        part.counts());
  }

  private ScanSummary.@Nullable Stored put(Optional<Path> file, String what)
      throws IOException, StepFailure, InterruptedException {
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return null; // unscannable bytes have no report
    }
    var key = environment.required("ASSAY_" + what + "_KEY");
    upload.put(file.get(), Link.read(secret.resolve(what + "_URL")), what);
    System.out.println("published " + key);
    return new ScanSummary.Stored(key, Digests.sha256(file.get()), Files.size(file.get()));
  }
}
