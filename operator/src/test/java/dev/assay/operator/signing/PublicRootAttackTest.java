package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.signing.PublicRoot.Sight;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against a repository that go-tuf wrote, whose mirror is told to lie.
class PublicRootAttackTest {
  private static final String FIRST = new String(FakeMirror.file("trusted_root.json"), UTF_8);
  private static final String SECOND = FIRST + "\n";

  private final WatchedRoot watched = new WatchedRoot();

  record Attack(String name, Consumer<WatchedRoot> arranged, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @AfterEach
  void close() {
    watched.close();
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack(
            "the target is another",
            t -> t.mirror.forge(".trusted_root.json", SECOND.replace('a', 'b').getBytes(UTF_8)),
            "trusted_root.json: its digest is another one than signed metadata say"),
        new Attack(
            "the target is longer",
            t -> t.mirror.forge(".trusted_root.json", (SECOND + " ").getBytes(UTF_8)),
            "trusted_root.json: body exceeds capacity: 3899"),
        new Attack(
            "the target is gone",
            t -> t.mirror.forge(".trusted_root.json", new byte[0]),
            "trusted_root.json: the mirror does not have it"),
        new Attack(
            "the timestamp is signed by another key",
            t -> t.mirror.forge("timestamp.json", FakeMirror.file("foreign/timestamp.json")),
            "timestamp.json: expected signatures by 1 of the keys that count, found 0"),
        new Attack(
            "the next root is signed by another key",
            t -> t.mirror.forge("2.root.json", FakeMirror.file("foreign/1.root.json")),
            "root.json: expected signatures by 1 of the keys that count, found 0"),
        new Attack(
            "the next root is the first again",
            t -> t.mirror.forge("2.root.json", FakeMirror.file("first/1.root.json")),
            "root.json: expected version 2 or newer, found 1"),
        new Attack(
            "the mirror is out of order",
            t -> t.mirror.fail(".json"),
            "root.json: the mirror answers with status 500"),
        new Attack(
            "the mirror answers with a page",
            t -> t.mirror.forge("timestamp.json", "<html>log in".getBytes(UTF_8)),
            "timestamp.json: no TUF metadata"),
        new Attack(
            "metadata never end",
            t -> t.mirror.forge("timestamp.json", new byte[200_000]),
            "timestamp.json: body exceeds capacity: 101376"),
        new Attack(
            "the root is too large for status",
            t -> {
              t.mirror.serve("large");
              t.mirror.forge(".trusted_root.json", (FIRST + " ".repeat(127_175)).getBytes(UTF_8));
            },
            "trusted_root.json: body exceeds capacity: 131072"),
        new Attack(
            "the root is of no use",
            t -> t.mirror.serve("unusable"),
            "trusted_root.json names no certificate authority"),
        new Attack(
            "metadata are expired",
            t -> t.setClock(Instant.parse("2099-01-01T00:00:01Z")),
            "timestamp.json: metadata expired at 2099-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothingIsTakenFromAMirrorThatLies(Attack attack) {
    watched.mirror.serve("second");
    attack.arranged().accept(watched);

    var sight = watched.changed();

    assertThat(sight)
        .isInstanceOfSatisfying(
            Sight.NotYet.class,
            s ->
                assertThat(s.message())
                    .startsWith("the public Sigstore's trust root could not be fetched from http:")
                    .contains(attack.message()));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void theLastGoodRootStaysThenAndTheNextGoodOneIsTaken(Attack attack) {
    assertThat(watched.changed()).isEqualTo(new Sight.Known(FIRST));
    watched.mirror.serve("second");
    watched.pass(PublicRoot.REFRESHED);
    var before = watched.now();
    attack.arranged().accept(watched);

    var sight = watched.changed();

    assertThat(sight)
        .isInstanceOfSatisfying(
            Sight.Aging.class,
            s -> {
              assertThat(s.json()).isEqualTo(FIRST);
              assertThat(s.message()).contains("could not be refreshed").contains(attack.message());
            });

    if (watched.now().equals(before)) {
      watched.mirror.serve("second");
      watched.pass(PublicRoot.FIRST_PAUSE);
      assertThat(watched.changed()).isEqualTo(new Sight.Known(SECOND));
    }
  }
}
