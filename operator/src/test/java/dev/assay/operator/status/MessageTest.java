package dev.assay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {
  record Case(String name, String text, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "a sentence stays", "spec says 7 bytes, store has 9", "spec says 7 bytes, store has 9"),
        new Case("lines become one", " a\n\tb \r\n c ", "a b c"),
        new Case(
            "a signed URL loses its query",
            "GET http://x/y?versionId=1&X-Amz-Signature=abc&X-Amz-Date=1 said 403",
            "GET http://x/y?… said 403"),
        new Case("a question stays", "really? yes", "really? yes"),
        new Case("the longest stays", "a".repeat(1_024), "a".repeat(1_024)),
        new Case("longer is cut", "a".repeat(1_025), "a".repeat(1_021) + "…"),
        new Case("two bytes each", "é".repeat(513), "é".repeat(509) + "…"),
        new Case("two bytes each, the longest", "é".repeat(512), "é".repeat(512)),
        new Case("three bytes each", "€".repeat(342), "€".repeat(338) + "…"),
        new Case("four bytes each", "😀".repeat(257), "😀".repeat(253) + "…"),
        new Case("four bytes each, the longest", "😀".repeat(256), "😀".repeat(256)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isOneBoundedLineWithoutSecrets(Case c) {
    var message = Draft.holds("Ready", "A", c.text()).message();

    assertThat(message).isEqualTo(c.message());
    assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1_024);
  }
}
