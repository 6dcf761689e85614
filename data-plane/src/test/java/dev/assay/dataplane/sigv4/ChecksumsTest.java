package dev.assay.dataplane.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksumsTest {
  /// @param check of the nine bytes `123456789`, from the catalogue of CRC algorithms and FIPS 180
  record Case(Algorithm algorithm, String check) {
    @Override
    public String toString() {
      return algorithm.name();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Algorithm.CRC32, "cbf43926"),
        new Case(Algorithm.CRC32C, "e3069283"),
        new Case(Algorithm.CRC64NVME, "ae8b14860a799888"),
        new Case(Algorithm.SHA1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        new Case(
            Algorithm.SHA256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void haveTheirPublishedCheckValue(Case c) {
    var running = c.algorithm().start();
    var bytes = "x123456789".getBytes(StandardCharsets.US_ASCII);

    running.update(bytes, 1, 4);
    running.update(bytes, 5, 5);

    assertThat(HexFormat.of().formatHex(running.value())).isEqualTo(c.check());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void crcsOfTwoRunsJoinToThatOfBoth(Case c) {
    if (!c.algorithm().isCrc()) {
      return;
    }
    var seed = 42L;
    var random = new Random(seed);
    for (var length : new int[] {0, 1, 7, 8, 9, 1_000, 70_000}) {
      var first = new byte[random.nextInt(1_000)];
      var second = new byte[length];
      random.nextBytes(first);
      random.nextBytes(second);

      var joined =
          CrcCombination.combine(
              c.algorithm(), crc(c.algorithm(), first), crc(c.algorithm(), second), length);

      assertThat(joined)
          .as("seed %d, second run of %d bytes", seed, length)
          .isEqualTo(crc(c.algorithm(), first, second));
    }
  }

  @Test
  void aBodyIsFollowedByAllThatWereAskedFor() throws Exception {
    var bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
    try (var body =
        new ChecksumBody(new ByteArrayInputStream(bytes), EnumSet.allOf(Algorithm.class))) {
      assertThat(body.read()).isEqualTo('1');
      assertThat(body.readAllBytes()).hasSize(8);

      assertThat(body.values())
          .containsEntry(Algorithm.CRC32, "y/Q5Jg==")
          .containsEntry(Algorithm.CRC64NVME, "rosUhgp5mIg=")
          .doesNotContainKey(Algorithm.SHA256);
    }
  }

  private static long crc(Algorithm algorithm, byte[]... runs) {
    var running = algorithm.start();
    for (var run : runs) {
      running.update(run, 0, run.length);
    }
    return new BigInteger(1, running.value()).longValue();
  }
}
