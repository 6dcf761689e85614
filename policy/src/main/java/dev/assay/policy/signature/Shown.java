package dev.assay.policy.signature;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Text of a stranger's signature, as it may stand in a condition, an event or a log.
final class Shown {
  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_NAMED = 3;

  private Shown() {}

  /// Printable ASCII, cut.
  static String word(String text) {
    var clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    var cut = clean.length() <= MOST_CHARACTERS ? clean : clean.substring(0, MOST_CHARACTERS) + "…";
    return cut.isEmpty() ? "nothing" : "'" + cut + "'";
  }

  static String hex(byte[] digest) {
    var hex = HexFormat.of().formatHex(digest);
    return hex.length() == 64 ? "sha256:" + hex : digest.length + " bytes";
  }

  static String digests(Collection<String> hex) {
    return some(hex.stream().sorted().map(Shown::word).toList());
  }

  static String fingerprints(List<TrustedKey> keys) {
    return some(keys.stream().map(TrustedKey::fingerprint).toList());
  }

  private static String some(List<String> names) {
    var first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    var more = names.size() - MOST_NAMED;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
