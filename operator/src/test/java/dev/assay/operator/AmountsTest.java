package dev.assay.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({"1h30m, 5400000", "0.5s, 500", "250ms, 250", "24h, 86400000", "1m1m, 120000"})
  void durationsAreReadAsFluxWritesThem(String text, long millis) {
    assertThat(FluxDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1d", "-1s", "1h ", "h"})
  void whatTheSchemaRefusesIsRefusedHereToo(String text) {
    assertThatThrownBy(() -> FluxDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1h30m");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10Gi, 10737418240", "500M, 500000000", "1.5Ki, 1536", "100m, 1"})
  void quantitiesAreBytes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }
}
