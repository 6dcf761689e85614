package dev.assay.scanjob.trivy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Over last words recorded from Trivy 0.74.0.
class TrivyErrorTest {
  record Case(String name, String said, String reason, @Nullable String sentence) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "no database",
            fatal(
                "run error: init error: DB error: database error: --skip-db-update cannot be specified on the first run"),
            "DatabaseUnavailable",
            "run error: init error: DB error: database error: --skip-db-update cannot be specified on the first run"),
        new Case(
            "a registry that is away, on two lines",
            fatal(
                "run error: init error: DB error: failed to download vulnerability DB: OCI artifact error: OCI repository error: 1 error occurred:\n\t* GET http://10.0.0.1:5000/v2/nope/manifests/2: MANIFEST_UNKNOWN: \n\n"),
            "DatabaseUnavailable",
            "run error: init error: DB error: failed to download vulnerability DB: OCI artifact error: OCI repository error: 1 error occurred: * GET <url> MANIFEST_UNKNOWN:"),
        new Case(
            "no Java index",
            fatal(
                "run error: rootfs scan error: scan error: scan failed: failed analysis: analyze error: unable to initialize the Java DB: Java DB update failed: '--skip-java-db-update' cannot be specified on the first run"),
            "DatabaseUnavailable",
            null),
        new Case(
            "a server that is away",
            fatal(
                "run error: fs scan error: scan error: scan failed: rpc error: twirp error internal: failed to do request: connection refused"),
            "ServerUnavailable",
            null),
        new Case(
            "Trivy's own timeout",
            fatal("run error: rootfs scan error: scan error: context deadline exceeded"),
            "Timeout",
            null),
        new Case(
            "anything else, without paths of scanned files",
            fatal(
                "run error: image scan error: unable to open /in/images/0@sha256:12: no valid manifest"),
            "TrivyFailed",
            "run error: image scan error: unable to open <path>:12: no valid manifest"),
        new Case(
            "colours and control characters",
            "FATAL\u001b[0m \u001b[31ma\u0000\u0007b",
            "TrivyFailed",
            "a b"),
        new Case("nothing said", "", "TrivyFailed", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatHappenedInOneLine(Case c) {
    var failure = TrivyError.of(c.said(), 1);

    assertThat(failure.reason()).isEqualTo(c.reason());
    if (c.sentence() != null) {
      assertThat(failure.sentence()).isEqualTo(("Trivy ended with exit code 1: " + c.sentence()));
    }
    assertThat(failure.sentence().length()).isLessThan(400);
  }

  private static String fatal(String text) {
    return "2026-11-22T17:32:56Z\tINFO\tearlier words\n2026-11-22T17:32:56Z\tFATAL\tFatal error\t"
        + text;
  }
}
