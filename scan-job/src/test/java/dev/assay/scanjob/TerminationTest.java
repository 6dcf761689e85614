package dev.assay.scanjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.Json;
import dev.assay.wire.scan.JobFailure;
import dev.assay.wire.scan.ScanSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationTest {
  @TempDir Path directory;

  @Test
  void theLongestSummaryFits() throws Exception {
    // S3 keys have at most 1,024 bytes; quotes are the characters that JSON lengthens.
    var stored = new ScanSummary.Stored("k".repeat(1024), "a".repeat(64), Long.MAX_VALUE);
    var most = Integer.MAX_VALUE;
    var summary =
        new ScanSummary(
            1,
            ScanSummary.Outcome.Unscannable,
            "sha256:" + "a".repeat(64),
            "TooManyFindings",
            "\u00e9\"".repeat(5000),
            Instant.MAX.minusSeconds(1),
            "0.74.0",
            stored,
            stored,
            stored,
            new ScanSummary.Counts(most, most, most, most, most, most));

    // A thousand bytes a key and the sentence do not fit together: then the sentence goes.
    assertThat(Termination.fitting(summary)).hasSizeLessThanOrEqualTo(Termination.LIMIT_BYTES);
  }

  @Test
  void aFailureIsOneLineOfPrintableText() throws Exception {
    var log = directory.resolve("log");

    new Termination(log)
        .failed("scan", new StepFailure("TrivyFailed", "a\n\u001b[31mb" + "c".repeat(9999)));

    var failure = Json.MAPPER.readValue(log.toFile(), JobFailure.class);
    assertThat(failure.message()).startsWith("a [31mbccc").endsWith("...").hasSize(500);
    assertThat(failure.step()).isEqualTo("scan");
    assertThat(Files.size(log)).isLessThanOrEqualTo(Termination.LIMIT_BYTES);
  }
}
