package dev.assay.operator.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.LocalRef;
import dev.assay.api.scanpolicy.ImagePattern;
import dev.assay.api.scanpolicy.ImageVerdict.State;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Sha256;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallImageRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String AT = "@sha256:" + "a".repeat(64);

  @Test
  void everyContainerOfAPodCounts() {
    var spec =
        new PodBuilder()
            .withNewSpec()
            .addNewContainer()
            .withImage("host.example/a" + AT)
            .endContainer()
            .addNewContainer()
            .withImage("host.example/by-tag:1")
            .endContainer()
            .addNewContainer()
            .withImage("NO IMAGE")
            .endContainer()
            .addNewContainer()
            .endContainer()
            .addNewInitContainer()
            .withImage("b:1" + AT)
            .endInitContainer()
            .addNewEphemeralContainer()
            .withImage("c/d" + AT)
            .endEphemeralContainer()
            .endSpec()
            .build()
            .getSpec();

    assertThat(PodImages.of(spec).stream().map(PinnedImage::toString))
        .containsExactlyInAnyOrder(
            "host.example/a" + AT, "docker.io/library/b" + AT, "docker.io/c/d" + AT);
    var template = new PodTemplateSpec();
    assertThat(PodImages.of(template)).isEmpty();
    template.setSpec(spec);
    assertThat(PodImages.of(template)).hasSize(3);
    assertThat(PodImages.of((PodSpec) null)).isEmpty();
    assertThat(PodImages.of((PodTemplateSpec) null)).isEmpty();
  }

  @Test
  void theFirstPatternWithASecretLendsIt() {
    var coverage =
        Coverage.of(
            List.of(
                new ImagePattern("host.example/**", null),
                new ImagePattern("host.example/team/*", new LocalRef("team")),
                new ImagePattern("host.example/**", new LocalRef("all"))));

    assertThat(coverage.secret(image("team/app"))).contains("team");
    assertThat(coverage.secret(image("other"))).contains("all");
    assertThat(coverage.includes(image("other"))).isTrue();
    assertThat(coverage.includes(new PinnedImage("b.example", "x", Sha256.of("x")))).isFalse();
    assertThat(coverage.secret(new PinnedImage("b.example", "x", Sha256.of("x")))).isEmpty();
  }

  @Test
  void aHintNamesNamespaceAndImage() {
    assertThat(hint("{\"namespace\":\"team-1\",\"image\":\"nginx%s\",\"more\":1}".formatted(AT)))
        .contains(new Hint("team-1", new PinnedImage("docker.io", "library/nginx", digest())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"namespace\":\"team\"}",
        "{\"image\":\"nginx%s\"}",
        "{\"namespace\":\"\",\"image\":\"nginx%s\"}",
        "{\"namespace\":\"-a\",\"image\":\"nginx%s\"}",
        "{\"namespace\":\"a/b\",\"image\":\"nginx%s\"}",
        "{\"namespace\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"image\":\"nginx%s\"}",
        "{\"namespace\":\"a\",\"namespace\":\"b\",\"image\":\"nginx%s\"}",
        "{\"namespace\":\"a\",\"image\":\"nginx:1\"}"
      })
  void whatIsNoHintIsNone(String json) {
    assertThat(hint(json.replace("%s", AT))).isEmpty();
  }

  @Test
  void theMemoryIsBoundedAndForgets() {
    var memory = new ImageMemory();
    for (int i = 0; i < 501; i++) {
      memory.hint("uid", image("i" + i), NOON);
    }
    memory.hint("uid", image("i1"), NOON.plusSeconds(1));
    memory.hint("uid", image("new"), NOON.plusSeconds(1));
    assertThat(memory.hinted("uid"))
        .hasSize(500)
        .containsKeys(image("i1"), image("new"))
        .doesNotContainKeys(image("i0"), image("i2"));

    assertThat(memory.begin("uid", image("a"))).isTrue();
    assertThat(memory.begin("uid", image("a"))).isFalse();
    assertThat(memory.underWay("uid")).containsExactly(image("a"));
    var look = new Look(State.Verified, "", "", NOON, 1);
    memory.end("uid", image("a"), look);
    memory.end("uid", image("new"), look);
    assertThat(memory.underWay("uid")).isEmpty();
    assertThat(memory.last("uid", image("a"))).contains(look);
    assertThat(memory.begin("uid", image("a"))).isTrue();

    memory.keep("uid", Set.of(), NOON.plus(1, ChronoUnit.HOURS));
    assertThat(memory.hinted("uid")).containsOnlyKeys(image("i1"), image("new"));
    assertThat(memory.looks("uid")).isEqualTo(Map.of(image("new"), look));

    memory.keepPolicies(List.of("other"));
    assertThat(memory.looks("uid")).isEmpty();
  }

  @Test
  void hintsAreTakenByWhoFollowsAndNoOneElse() throws InterruptedException {
    var hints = new Hints();
    var hint = new Hint("team", image("a"));
    for (int i = 0; i < 1000; i++) {
      assertThat(hints.offer(hint)).isTrue(); // nobody follows: taken and forgotten
    }
    var block = new CountDownLatch(1);
    var taken = new LinkedBlockingQueue<Hint>();
    hints.follow(h -> {
      taken.add(h);
      awaited(block);
    });
    assertThat(hints.offer(hint)).isTrue();
    assertThat(taken.take()).isEqualTo(hint);
    var room = 0;
    while (hints.offer(hint)) {
      room++;
    }
    assertThat(room).isEqualTo(256);
    block.countDown();
    hints.stop();
    assertThat(hints.offer(hint)).isTrue();
  }

  @Test
  void onlyBonesAreKept() {
    var seen = new ArrayList<String>();
    var bones = new Bones<>(Pod::new, (key, pod) -> seen.add(key + pod.map(p -> "+").orElse("-")));
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("n")
            .withName("p")
            .withUid("u")
            .withResourceVersion("7")
            .addToLabels("a", "b")
            .endMetadata()
            .withNewSpec()
            .withNodeName("x")
            .endSpec()
            .build();

    assertThat(bones.put(bones.getKey(pod), pod)).isNull();

    var kept = Optional.ofNullable(bones.get("n/p")).orElseThrow();
    assertThat(kept.getSpec()).isNull();
    assertThat(kept.getMetadata().getLabels()).isNullOrEmpty();
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(bones.values()).containsExactly(kept);
    assertThat(bones.keySet()).containsExactly("n/p");
    assertThat(bones.size()).isOne();
    assertThat(bones.isFullState()).isFalse();
    assertThat(bones.remove("n/p")).isSameAs(kept);
    assertThat(bones.get("n/p")).isNull();
    assertThat(seen).containsExactly("n/p+", "n/p-");
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Hint> hint(String json) {
    return Hint.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static PinnedImage image(String repository) {
    return new PinnedImage("host.example", repository, digest());
  }

  private static Sha256 digest() {
    return new Sha256("a".repeat(64));
  }
}
