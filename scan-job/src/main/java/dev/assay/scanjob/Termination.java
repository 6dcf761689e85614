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
import org.jspecify.annotations.Nullable;

/// The termination message: what a container says last, at most 4 KiB (Kubernetes cuts what is
/// longer, which would leave broken JSON).
final class Termination {
  static final int LIMIT_BYTES = 4096;

  /// Sentences are for people; this many characters say enough.
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

  /// The summary, its sentence shortened, or left out where keys of their greatest length leave it
  /// no room.
  static byte[] fitting(ScanSummary summary) throws JsonProcessingException {
    var sentence = summary.message();
    var bytes = json(saying(summary, sentence == null ? null : shortened(sentence)));
    return bytes.length <= LIMIT_BYTES ? bytes : json(saying(summary, null));
  }

  private static ScanSummary saying(ScanSummary s, @Nullable String sentence) {
    return new ScanSummary(
        s.schema(),
        s.outcome(),
        s.digest(),
        s.reason(),
        sentence,
        s.databaseUpdatedAt(),
        s.trivyVersion(),
        s.report(),
        s.sbom(),
        s.findings(),
        s.counts());
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
