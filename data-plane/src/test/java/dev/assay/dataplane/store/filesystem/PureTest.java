package dev.assay.dataplane.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.store.Extent;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The decisions that need no disk.
class PureTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "releases/*, releases/a, true",
    "releases/*, releases/a/b, false",
    "releases/**, releases/a/b, true",
    "**, a/b, true",
    "*, a/b, false",
    "v?, v1, true",
    "v?, v/, false",
    "v?, v, false",
    "a.b, axb, false",
    "a+[b], a+[b], true",
    "a, A, false"
  })
  void globs(String glob, String key, boolean matches) {
    assertThat(Glob.matches(glob, key)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0} allows {1}: {2}")
  @CsvSource({
    "application/*, application/gzip, true",
    "application/*, Application/GZIP; charset=x, true",
    "application/*, text/plain, false",
    "*/*, text/plain, true",
    "text/plain, text/plainer, false"
  })
  void mediaTypes(String glob, String type, boolean allowed) {
    assertThat(Glob.allowsMediaType(glob, type)).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{1} bytes from {0}: {2}")
  @CsvSource({
    "0, 10, a0+4 b0+6",
    "0, 4, a0+4",
    "3, 2, a3+1 b0+1",
    "4, 1, b0+1",
    "9, 1, b5+1",
    "0, 0, ''",
    "10, 0, ''"
  })
  void ranges(long offset, long length, String expected) {
    var extents =
        List.of(
            new Extent(Path.of("a"), 0, 4),
            new Extent(Path.of("empty"), 0, 0),
            new Extent(Path.of("b"), 0, 6));

    var slices =
        Extent.slice(extents, offset, length).stream()
            .map(e -> "%s%d+%d".formatted(e.file(), e.offset(), e.lengthBytes()))
            .toList();

    assertThat(String.join(" ", slices)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "4, 1", "-1, 1", "0, -1"})
  void aRangeOutsideOfTheObjectIsAnError(long offset, long length) {
    var extents = List.of(new Extent(Path.of("a"), 0, 4));

    assertThatThrownBy(() -> Extent.slice(extents, offset, length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  record Case(
      String name,
      VersionState now,
      long revision,
      boolean served,
      VersionState to,
      long observed,
      String sha256,
      StateDecision expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> changes() {
    var staged = VersionState.Staged;
    var released = VersionState.Released;
    var quarantined = VersionState.Quarantined;
    var move = new StateDecision.Apply(StateDecision.Pointer.MoveHere);
    var take = new StateDecision.Apply(StateDecision.Pointer.TakeAway);
    var keep = new StateDecision.Apply(StateDecision.Pointer.Keep);
    var conflict = new StateDecision.Conflict();
    var unchanged = new StateDecision.Unchanged();
    return List.of(
        new Case("a staged version is released", staged, 1, false, released, 1, "d", move),
        new Case("a staged version is quarantined", staged, 1, false, quarantined, 1, "d", keep),
        new Case("a served version is quarantined", released, 2, true, quarantined, 2, "d", take),
        new Case("a served version is staged", released, 2, true, staged, 2, "d", take),
        new Case(
            "a released one that is not served", released, 2, false, quarantined, 2, "d", keep),
        new Case(
            "a quarantined version is released", quarantined, 3, false, released, 3, "d", move),
        new Case(
            "released again gets the pointer back", released, 2, false, released, 2, "d", move),
        new Case("released and served already", released, 2, true, released, 2, "d", unchanged),
        new Case("the same call again", released, 2, true, released, 1, "d", unchanged),
        new Case("the same call again, overtaken", released, 2, false, released, 1, "d", unchanged),
        new Case("two changes behind", released, 3, true, released, 1, "d", conflict),
        new Case("an older revision", released, 2, true, quarantined, 1, "d", conflict),
        new Case("a revision to come", staged, 1, false, released, 2, "d", conflict),
        new Case("another digest", staged, 1, false, released, 1, "e", conflict));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changesOfState(Case row) {
    var facts =
        new VersionFacts(
            "k", "id", 1, "d", "0", "text/plain", Map.of(), Map.of(), TestClock.NOON, "A", null);
    var now =
        new VersionRow(
            1, facts, row.now(), row.revision(), Optional.of("r"), Optional.of("m"), row.served());

    var decision =
        StateDecision.decide(
            now, new StateChange(row.to(), row.observed(), row.sha256(), "r", "m"));

    assertThat(decision).isEqualTo(row.expected());
  }

  @Test
  void onlyAnIdIsUsedAsAFilesName() {
    assertThat(Ids.isOne("../../../../etc/passwd-and-more-char")).isFalse();
    assertThat(Ids.isOne(Ids.next(TestClock.NOON))).isTrue();
  }
}
