package dev.assay.scanjob;

import dev.assay.wire.scan.ScanSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What `scan` knows of the summary that `publish` writes (`summary-part.json`).
public record SummaryPart(
    int schema,
    String digest,
    @Nullable Unscannable unscannable,
    @Nullable Instant databaseUpdatedAt,
    @Nullable String trivyVersion,
    ScanSummary.@Nullable Counts counts) {

  public static final String FILE = "summary-part.json";
}
