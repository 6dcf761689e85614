package dev.assay.operator.scan;

import dev.assay.wire.Json;
import dev.assay.wire.scan.Findings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads `findings.json.gz`, which a pod with hostile bytes in it wrote: bounded, and only if it is
/// what the Job's summary promised.
public sealed interface FindingsFile {
  /// 1 MiB packed (decision 7); findings pack some ten-fold, and a bomb a thousand-fold.
  int LONGEST_UNPACKED_BYTES = 32 << 20;

  record Read(Findings findings) implements FindingsFile {}

  /// @param why a sentence for people
  record Unreadable(String why) implements FindingsFile {}

  /// @param packed the object's bytes
  /// @param sha256 of them, lower-case hex, as the summary says
  /// @param digest of the scanned bytes, `sha256:<hex>`
  static FindingsFile read(byte[] packed, String sha256, String digest) {
    var actual = sha256(packed);
    if (!actual.equals(sha256)) {
      return new Unreadable(
          "the findings have SHA-256 %s, the Job's summary says %s".formatted(actual, sha256));
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var text = in.readNBytes(LONGEST_UNPACKED_BYTES + 1);
      if (text.length > LONGEST_UNPACKED_BYTES) {
        return new Unreadable(
            "the findings unpack to more than %d bytes".formatted(LONGEST_UNPACKED_BYTES));
      }
      return judged(Json.MAPPER.readValue(text, Findings.class), digest);
    } catch (IOException e) {
      // Its text may quote the file's.
      return new Unreadable("the findings are no JSON in gzip");
    }
  }

  private static FindingsFile judged(Findings findings, String digest) {
    if (findings.schema() != 1) {
      return new Unreadable("the findings have schema %d, not 1".formatted(findings.schema()));
    }
    if (!isWhole(findings)) {
      return new Unreadable("the findings lack fields that they must have");
    }
    return digest.equals(findings.digest())
        ? new Read(findings)
        : new Unreadable(
            "the findings are about %s, the Artifact is %s".formatted(findings.digest(), digest));
  }

  // JSON knows nothing of the records' promises.
  private static boolean isWhole(Findings findings) {
    return present(findings.vulnerabilities(), findings.secrets())
        && findings.vulnerabilities().stream()
            .allMatch(v ->
                present(v) && present(v.id(), v.packageName(), v.installedVersion(), v.severity()))
        && findings.secrets().stream()
            .allMatch(s -> present(s) && present(s.ruleId(), s.severity(), s.path()));
  }

  private static boolean present(@Nullable Object... fields) {
    return Stream.of(fields).allMatch(Objects::nonNull);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
