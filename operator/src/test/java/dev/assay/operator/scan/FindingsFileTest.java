package dev.assay.operator.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.scan.Findings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingsFileTest {
  private static final String WHOLE =
      """
      {"schema":1,"digest":"sha256:a","vulnerabilities":[{"id":"CVE-1","packageName":"p",
       "installedVersion":"1","severity":"HIGH"}],"secrets":[{"ruleId":"r","severity":"LOW",
       "path":"x","startLine":3}],"misconfigurations":1,"licenses":2}
      """;

  /// Made when asked for: the bomb is large, and arrays are no record components.
  interface Packed {
    byte[] bytes();
  }

  record Case(String name, Packed packed, String why) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var lacks = "the findings lack fields that they must have";
    var noJson = "the findings are no JSON in gzip";
    return Stream.of(
        new Case("no gzip", () -> "{}".getBytes(UTF_8), noJson),
        new Case("no JSON", packed("<html>"), noJson),
        new Case("no object", packed("[]"), noJson),
        new Case("cut short", cut(packed(WHOLE)), noJson),
        new Case(
            "a bomb",
            packed(" ".repeat(FindingsFile.LONGEST_UNPACKED_BYTES + 1)),
            "the findings unpack to more than 33554432 bytes"),
        new Case(
            "another schema",
            packed(WHOLE.replace("\"schema\":1", "\"schema\":2")),
            "the findings have schema 2, not 1"),
        new Case(
            "other bytes",
            packed(WHOLE.replace("sha256:a", "sha256:b")),
            "the findings are about sha256:b, the Artifact is sha256:a"),
        new Case("no list", packed("{\"schema\":1,\"digest\":\"sha256:a\"}"), lacks),
        new Case("no secrets", packed(WHOLE.replace("\"secrets\"", "\"x\"")), lacks),
        new Case("no id", packed(WHOLE.replace("\"id\"", "\"x\"")), lacks),
        new Case("no severity", packed(WHOLE.replaceFirst("\"severity\"", "\"x\"")), lacks),
        new Case("no path", packed(WHOLE.replace("\"path\"", "\"x\"")), lacks),
        new Case(
            "a finding that is null",
            packed(
                "{\"schema\":1,\"digest\":\"sha256:a\",\"vulnerabilities\":[null],\"secrets\":[]}"),
            lacks),
        new Case(
            "a secret that is null",
            packed(
                "{\"schema\":1,\"digest\":\"sha256:a\",\"vulnerabilities\":[],\"secrets\":[null]}"),
            lacks));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesWhatIsNotWhole(Case c) {
    assertThat(FindingsFile.read(c.packed().bytes(), sha256(c.packed().bytes()), "sha256:a"))
        .isEqualTo(new FindingsFile.Unreadable(c.why()));
  }

  @Test
  void refusesBytesThatTheSummaryDidNotPromise() {
    var packed = packed(WHOLE).bytes();
    var promised = "0".repeat(64);

    assertThat(FindingsFile.read(packed, promised, "sha256:a"))
        .isEqualTo(
            new FindingsFile.Unreadable(
                "the findings have SHA-256 "
                    + sha256(packed)
                    + ", the Job's summary says "
                    + promised));
  }

  @Test
  void readsWhatIsWhole() {
    var packed = packed(WHOLE).bytes();
    var findings =
        new Findings(
            1,
            "sha256:a",
            List.of(new Findings.Vulnerability("CVE-1", null, "p", "1", "HIGH", null, null)),
            List.of(new Findings.Secret("r", "LOW", "x", 3)),
            1,
            2);

    assertThat(FindingsFile.read(packed, sha256(packed), "sha256:a"))
        .isEqualTo(new FindingsFile.Read(findings));
  }

  private static Packed cut(Packed whole) {
    return () -> Arrays.copyOf(whole.bytes(), whole.bytes().length / 2);
  }

  private static Packed packed(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return () -> bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
