package dev.assay.operator.signing;

import dev.assay.policy.signature.TrustedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The public keys in a Secret: every entry whose name ends in `.pub`, as Flux and
/// policy-controller have it.
public final class KeyFiles {
  private static final String SUFFIX = ".pub";

  /// The schema's bound of `status.verifiers[].keys`.
  private static final int MOST = 32;

  private KeyFiles() {}

  /// The result of reading them.
  public sealed interface Read {
    record Keys(List<TrustedKey> keys) implements Read {}

    record Unusable(String message) implements Read {}
  }

  /// One that cannot be used spoils all: a key that is silently left out is a signature that is
  /// silently refused.
  public static Read of(String secret, Map<String, String> data) {
    var keys = new ArrayList<TrustedKey>();
    for (var entry : new TreeMap<>(data).entrySet()) {
      if (!entry.getKey().endsWith(SUFFIX)) {
        continue;
      }
      switch (TrustedKey.read(entry.getValue())) {
        case TrustedKey.Read.Key(var key) -> keys.add(key);
        case TrustedKey.Read.Unusable(var why) -> {
          return new Read.Unusable(
              "key '%s' of Secret '%s': %s".formatted(entry.getKey(), secret, why));
        }
      }
    }
    if (keys.isEmpty() || keys.size() > MOST) {
      return new Read.Unusable(
          "Secret '%s': expected 1 to %d public keys whose names end in %s, found %d"
              .formatted(secret, MOST, SUFFIX, keys.size()));
    }
    return new Read.Keys(List.copyOf(keys));
  }
}
