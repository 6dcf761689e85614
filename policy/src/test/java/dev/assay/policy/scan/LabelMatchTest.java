package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.scan.LabelMatch.Expression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelMatchTest {
  private static final Map<String, String> FOUND = Map.of("team", "red", "tier", "1");

  record Case(String name, LabelMatch match, boolean holds) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("an empty selector holds for all", LabelMatch.EVERYTHING, true),
        new Case("equal labels", labels(Map.of("team", "red", "tier", "1")), true),
        new Case("another value", labels(Map.of("team", "blue")), false),
        new Case("a label that is absent", labels(Map.of("x", "red")), false),
        new Case("in", is(new Expression.In("team", Set.of("red", "blue"))), true),
        new Case("not in the set", is(new Expression.In("team", Set.of("blue"))), false),
        new Case("in, label absent", is(new Expression.In("x", Set.of("red"))), false),
        new Case("not in", is(new Expression.NotIn("team", Set.of("blue"))), true),
        new Case("not in, but it is", is(new Expression.NotIn("team", Set.of("red"))), false),
        new Case("not in, label absent", is(new Expression.NotIn("x", Set.of("red"))), true),
        new Case("exists", is(new Expression.Exists("team")), true),
        new Case("exists, label absent", is(new Expression.Exists("x")), false),
        new Case("does not exist", is(new Expression.DoesNotExist("x")), true),
        new Case("does not exist, but it does", is(new Expression.DoesNotExist("team")), false),
        new Case(
            "all expressions must hold",
            is(new Expression.Exists("team"), new Expression.Exists("x")),
            false),
        new Case(
            "labels and expressions must hold",
            new LabelMatch(Map.of("team", "blue"), List.of(new Expression.Exists("team"))),
            false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsAsKubernetesHasIt(Case c) {
    assertThat(c.match().holdsFor(FOUND)).isEqualTo(c.holds());
  }

  private static LabelMatch labels(Map<String, String> labels) {
    return new LabelMatch(labels, List.of());
  }

  private static LabelMatch is(Expression... expressions) {
    return new LabelMatch(Map.of(), List.of(expressions));
  }
}
