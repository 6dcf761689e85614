package dev.assay.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list or map that an object does not have reads as an empty one.
public final class Absent {
  private Absent() {}

  public static <T> List<T> asEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  public static <K, V> Map<K, V> asEmpty(@Nullable Map<K, V> map) {
    // Not Map.copyOf: its order differs from run to run, and what is made of it must not.
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
