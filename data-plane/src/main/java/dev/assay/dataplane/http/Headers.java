package dev.assay.dataplane.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The headers of a request: names in lower case, values as they came, one `char` a byte (ISO
/// 8859-1), since that is what was signed.
public final class Headers {
  public static final Headers NONE = new Headers(Map.of());

  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  public static Headers of(Iterable<Map.Entry<String, String>> entries) {
    var grouped = new LinkedHashMap<String, List<String>>();
    for (var entry : entries) {
      grouped
          .computeIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(entry.getValue());
    }
    return new Headers(grouped);
  }

  /// All values of a header, in order; empty when it is absent.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The value, trimmed; of a repeated header the values joined by a comma (RFC 9110, 5.3).
  public Optional<String> value(String name) {
    var found = all(name);
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(",", found).strip());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Set<String> names() {
    return values.keySet();
  }
}
