package dev.assay.policy.scan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A label selector in Kubernetes' sense: all labels and all expressions must hold. An empty one
/// holds for every object.
public record LabelMatch(Map<String, String> labels, List<Expression> expressions) {
  public static final LabelMatch EVERYTHING = new LabelMatch(Map.of(), List.of());

  /// One requirement. As in Kubernetes, `NotIn` and `DoesNotExist` hold where the label is absent.
  public sealed interface Expression {
    record In(String key, Set<String> values) implements Expression {}

    record NotIn(String key, Set<String> values) implements Expression {}

    record Exists(String key) implements Expression {}

    record DoesNotExist(String key) implements Expression {}

    private boolean holdsFor(Map<String, String> found) {
      return switch (this) {
        case In(var key, var values) -> found.containsKey(key) && values.contains(found.get(key));
        case NotIn(var key, var values) ->
            !found.containsKey(key) || !values.contains(found.get(key));
        case Exists(var key) -> found.containsKey(key);
        case DoesNotExist(var key) -> !found.containsKey(key);
      };
    }
  }

  public boolean holdsFor(Map<String, String> found) {
    return found.entrySet().containsAll(labels.entrySet())
        && expressions.stream().allMatch(e -> e.holdsFor(found));
  }
}
