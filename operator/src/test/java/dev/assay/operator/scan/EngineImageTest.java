package dev.assay.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineImageTest {
  private static final String OWN = "r.example/assay/scan:1";
  private static final String DIGEST = "@sha256:" + "a".repeat(64);

  record Case(
      String name, String asked, Optional<String> own, List<String> prefixes, boolean allowed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var own = Optional.of(OWN);
    return Stream.of(
        new Case("none asked for", "", own, List.of(), true),
        new Case("none asked for and none there", "", Optional.empty(), List.of("a"), false),
        new Case("the operator's own", OWN, own, List.of(), true),
        new Case("another tag of it", "r.example/assay/scan:2", own, List.of(), false),
        new Case("one on the list", "x/scan" + DIGEST, own, List.of("y", "x/scan@sha256:"), true),
        new Case("one on the list, whole", "x/scan:3", own, List.of("x/scan:3"), true),
        new Case("a repository on the list", "x/scan:3", own, List.of("x/scan"), true),
        new Case("a repository by digest", "x/scan" + DIGEST, own, List.of("x/scan"), true),
        new Case("a folder on the list", "x/y/scan:3", own, List.of("x/"), true),
        new Case("a neighbour's name", "x/scanner:3", own, List.of("x/scan"), false),
        new Case("a neighbour's tag", "x/scan:31", own, List.of("x/scan:3"), false),
        new Case("a folder below a repository", "x/scan/evil:3", own, List.of("x/scan"), false),
        new Case("an empty prefix allows nothing", "x/scan:3", own, List.of("", " "), false),
        new Case(
            "one on the list without an own one", "x:1", Optional.empty(), List.of("x"), true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyListedImagesRun(Case c) {
    var asked = c.asked().isEmpty() ? Optional.<String>empty() : Optional.of(c.asked());

    var image = EngineImage.choose(asked, c.own(), c.prefixes());

    assertThat(image instanceof EngineImage.Allowed).isEqualTo(c.allowed());
    if (image instanceof EngineImage.Allowed(var reference)) {
      assertThat(reference).isEqualTo(asked.orElse(OWN));
    }
    if (image instanceof EngineImage.Refused(var message)) {
      assertThat(message)
          .contains(asked.isPresent() ? "'" + c.asked() + "'" : "RELATED_IMAGE_SCAN");
    }
  }
}
