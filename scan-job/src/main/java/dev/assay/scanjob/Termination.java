package dev.assay.scanjob;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.wire.Json;
import dev.assay.wire.scan.DatabaseSummary;
import dev.assay.wire.scan.JobFailure;
import dev.assay.wire.scan.ScanSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The termination message: what a container says last, at most 4 KiB (Kubernetes cuts what is
/// longer, which would leave broken JSON).
final class Termination {
  static final int LIMIT_BYTES = 4096;

  /// Sentences are for people; this many characters say enough, and with keys of at most 1,024
  /// bytes the rest of a message fits beside them.
  private static final int SENTENCE_CHARACTERS = 500;

  private final Path log;

  Termination(Path log) {
    this.log = log;
  }

  void scanned(ScanSummary summary) throws IOException {
    write(fitting(summary));
  }

  void refreshed(DatabaseSummary summary) throws IOException {
    write(json(summary));
  }

  void failed(String step, StepFailure failure) throws IOException {
    write(json(new JobFailure(1, step, failure.reason(), shortened(failure.sentence()))));
  }

  static byte[] fitting(ScanSummary s) throws JsonProcessingException {
    var message = s.message() == null ? null : shortened(s.message());
    var bytes =
        json(
            new ScanSummary(
                s.schema(),
                s.outcome(),
                s.digest(),
                s.reason(),
                message,
                s.databaseUpdatedAt(),
                s.trivyVersion(),
                s.report(),
                s.sbom(),
                s.findings(),
                s.counts()));
    if (bytes.length > LIMIT_BYTES) {
      throw new IllegalStateException(
          "the summary has " + bytes.length + " bytes, a termination message holds " + LIMIT_BYTES);
    }
    return bytes;
  }

  static String shortened(String sentence) {
    var printable = sentence.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return printable.length() <= SENTENCE_CHARACTERS
        ? printable
        : printable.substring(0, SENTENCE_CHARACTERS - 3) + "...";
  }

  private static byte[] json(Object message) throws JsonProcessingException {
    return Json.MAPPER.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
  }

  private void write(byte[] message) throws IOException {
    // The kubelet mounts this file: it is written in place, never replaced.
    Files.write(log, message, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
