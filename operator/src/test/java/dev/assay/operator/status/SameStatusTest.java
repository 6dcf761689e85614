package dev.assay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import dev.assay.api.promotion.PromotionStatus;
import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.api.scanpolicy.ScanPolicyStatusBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameStatusTest {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final Condition READY = condition("Ready", "m");
  private static final Condition STALLED = condition("Stalled", "m");

  record Case(String name, @Nullable PromotionStatus was, PromotionStatus is, boolean same) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("none yet", null, status(1), false),
        new Case("equal", status(1, READY), status(1, READY), true),
        new Case("another order", status(1, READY, STALLED), status(1, STALLED, READY), true),
        new Case("one more", status(1, READY), status(1, READY, STALLED), false),
        new Case("another message", status(1, READY), status(1, condition("Ready", "n")), false),
        new Case("another field", status(1, READY), status(2, READY), false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalStatusesAreNotWritten(Case c) {
    assertThat(SameStatus.same(c.was(), c.is(), JSON)).isEqualTo(c.same());
  }

  @Test
  void theOrderOfImagesSaysNothing() {
    var a = image("a", "m");
    var b = image("b", "m");

    assertThat(SameStatus.same(images(a, b), images(b, a), JSON)).isTrue();
    assertThat(SameStatus.same(images(a, b), images(b, image("a", "n")), JSON)).isFalse();
    assertThat(SameStatus.same(images(a, b), images(a), JSON)).isFalse();
  }

  private static ScanPolicyStatus images(ImageVerdict... images) {
    return ScanPolicyStatusBuilder.of(null).images(List.of(images)).build();
  }

  private static ImageVerdict image(String name, String message) {
    return new ImageVerdict(name, ImageVerdict.State.Refused, message, "r", Instant.EPOCH);
  }

  private static PromotionStatus status(long generation, Condition... conditions) {
    return new PromotionStatus(
        generation, null, null, List.of(), null, null, null, null, null, List.of(conditions));
  }

  private static Condition condition(String type, String message) {
    return new Condition(type, Status.True, 1L, Instant.EPOCH, "A", message);
  }
}
