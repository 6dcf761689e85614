package dev.assay.dataplane.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.ListFrom;
import dev.assay.dataplane.store.ListPage;
import dev.assay.dataplane.store.ListQuery;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListingTest {
  private static final List<String> KEYS =
      List.of(
          ".assay/r",
          "a",
          "a/b",
          "a/b/c",
          "a/d",
          "a0",
          "b/",
          "b//x",
          "c-d-e",
          "c-f",
          "é/1",
          "é/2",
          "\uFFFD",
          "\uD83D\uDE00");

  private static VersionRow row(String key) {
    var facts =
        new VersionFacts(
            key, "id", 1, "0", "0", "text/plain", Map.of(), Map.of(), TestClock.NOON, "A", null);
    return new VersionRow(
        1, facts, VersionState.Released, 1, Optional.empty(), Optional.empty(), true);
  }

  private static Listing.Source source(List<String> keys) {
    return (from, limit) ->
        keys.stream()
            .map(key -> key.getBytes(StandardCharsets.UTF_8))
            .sorted(Arrays::compareUnsigned)
            .filter(key -> Arrays.compareUnsigned(key, from) >= 0)
            .limit(limit)
            .map(key -> row(new String(key, StandardCharsets.UTF_8)))
            .toList();
  }

  private static List<String> keys(ListPage page) {
    return page.versions().stream().map(version -> version.stored().key()).toList();
  }

  record Case(
      String name,
      String prefix,
      String delimiter,
      ListFrom from,
      List<String> keys,
      List<String> prefixes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    var begin = new ListFrom.Beginning();
    return List.of(
        new Case(
            "everything, in byte order, without .assay/",
            "",
            "",
            begin,
            List.of(
                "a",
                "a/b",
                "a/b/c",
                "a/d",
                "a0",
                "b/",
                "b//x",
                "c-d-e",
                "c-f",
                "é/1",
                "é/2",
                "\uFFFD",
                "\uD83D\uDE00"),
            List.of()),
        new Case(
            "folders of the top",
            "",
            "/",
            begin,
            List.of("a", "a0", "c-d-e", "c-f", "\uFFFD", "\uD83D\uDE00"),
            List.of("a/", "b/", "é/")),
        new Case("one folder", "a/", "/", begin, List.of("a/b", "a/d"), List.of("a/b/")),
        new Case(
            "a key that is its folder's name", "b/", "/", begin, List.of("b/"), List.of("b//")),
        new Case("another delimiter", "c", "-", begin, List.of(), List.of("c-")),
        new Case(
            "a delimiter of two characters",
            "",
            "-f",
            begin,
            List.of(
                "a",
                "a/b",
                "a/b/c",
                "a/d",
                "a0",
                "b/",
                "b//x",
                "c-d-e",
                "é/1",
                "é/2",
                "\uFFFD",
                "\uD83D\uDE00"),
            List.of("c-f")),
        new Case(
            "after a key",
            "",
            "",
            new ListFrom.AfterKey("c-d-e"),
            List.of("c-f", "é/1", "é/2", "\uFFFD", "\uD83D\uDE00"),
            List.of()),
        new Case(
            "after a key that is not there",
            "",
            "",
            new ListFrom.AfterKey("c-e"),
            List.of("c-f", "é/1", "é/2", "\uFFFD", "\uD83D\uDE00"),
            List.of()),
        new Case(
            "after a key within a folder",
            "",
            "/",
            new ListFrom.AfterKey("a/b"),
            List.of("a0", "c-d-e", "c-f", "\uFFFD", "\uD83D\uDE00"),
            List.of("a/", "b/", "é/")),
        new Case(
            "past a folder",
            "",
            "/",
            new ListFrom.PastPrefix("a/"),
            List.of("a0", "c-d-e", "c-f", "\uFFFD", "\uD83D\uDE00"),
            List.of("b/", "é/")),
        new Case(
            "after a key behind the prefix",
            "a/",
            "",
            new ListFrom.AfterKey("b"),
            List.of(),
            List.of()),
        new Case("nothing below .assay/", ".assay/", "", begin, List.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onePageHoldsWhatS3Lists(Case row) throws IOException {
    var query = new ListQuery(row.prefix(), row.delimiter(), row.from(), 1_000, false);

    var page = Listing.page(query, source(KEYS));

    assertThat(keys(page)).isEqualTo(row.keys());
    assertThat(page.commonPrefixes()).isEqualTo(row.prefixes());
    assertThat(page.next()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void smallPagesAddUpToTheSame(Case row) throws IOException {
    for (var limit = 1; limit <= 4; limit++) {
      var keys = new ArrayList<String>();
      var prefixes = new ArrayList<String>();
      var from = Optional.of(row.from());
      while (from.isPresent()) {
        var page =
            Listing.page(
                new ListQuery(row.prefix(), row.delimiter(), from.get(), limit, false),
                source(KEYS));
        assertThat(page.versions().size() + page.commonPrefixes().size())
            .isLessThanOrEqualTo(limit);
        assertThat(
                page.next().isEmpty() || !keys(page).isEmpty() || !page.commonPrefixes().isEmpty())
            .as("a page with a next one is not empty")
            .isTrue();
        keys.addAll(keys(page));
        prefixes.addAll(page.commonPrefixes());
        from = page.next().flatMap(next -> ListFrom.parse(next.token()));
      }
      assertThat(keys).as("limit %d", limit).isEqualTo(row.keys());
      assertThat(prefixes).as("limit %d", limit).isEqualTo(row.prefixes());
    }
  }

  /// The oracle reads S3's rule word by word, over a sorted set.
  @Test
  void randomKeysAreRolledUpAsByTheRule() throws IOException {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (var round = 0; round < 300; round++) {
      var keys = new TreeSet<String>();
      for (var i = random.nextInt(30); i > 0; i--) {
        keys.add(text(random, 1 + random.nextInt(5)));
      }
      var prefix = text(random, random.nextInt(3));
      var expectedKeys = new TreeSet<String>();
      var expectedPrefixes = new TreeSet<String>();
      for (var key : keys) {
        if (key.startsWith(prefix)) {
          var at = key.indexOf('/', prefix.length());
          if (at < 0) {
            expectedKeys.add(key);
          } else {
            expectedPrefixes.add(key.substring(0, at + 1));
          }
        }
      }

      var query = new ListQuery(prefix, "/", new ListFrom.Beginning(), 1_000, false);
      var page = Listing.page(query, source(List.copyOf(keys)));

      assertThat(keys(page)).as("seed %d", seed).containsExactlyElementsOf(expectedKeys);
      assertThat(page.commonPrefixes())
          .as("seed %d", seed)
          .containsExactlyElementsOf(expectedPrefixes);
    }
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append("ab/".charAt(random.nextInt(3)));
    }
    return text.toString();
  }

  @Test
  void aTokenThatNobodyGaveIsNone() {
    assertThat(ListFrom.parse("")).isEmpty();
    assertThat(ListFrom.parse("%%")).isEmpty();
    assertThat(ListFrom.parse("eHk")).isEmpty();
  }

  @Test
  void aLimitOfZeroListsNothing() throws IOException {
    var page = Listing.page(new ListQuery("", "", new ListFrom.Beginning(), 0, true), source(KEYS));

    assertThat(page).isEqualTo(new ListPage(List.of(), List.of(), Optional.empty()));
  }
}
