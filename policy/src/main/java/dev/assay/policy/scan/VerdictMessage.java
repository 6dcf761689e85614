package dev.assay.policy.scan;

import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The sentence of a verdict. Names and paths come out of hostile bytes: control characters are
/// replaced and lengths bounded.
final class VerdictMessage {
  /// A condition's message may hold 32,768 bytes; this is what a table row of kubectl still shows
  /// in a few lines.
  static final int LONGEST = 512;

  /// Findings named one by one; the rest is a number.
  static final int NAMED = 5;

  /// Longest name, version or path that is quoted whole.
  static final int LONGEST_WORD = 80;

  private static final Comparator<Findings.Vulnerability> WORST_FIRST =
      Comparator.comparing((Findings.Vulnerability v) -> Severity.of(v.severity()))
          .reversed()
          .thenComparing(Findings.Vulnerability::id)
          .thenComparing(Findings.Vulnerability::packageName)
          .thenComparing(Findings.Vulnerability::installedVersion);

  private VerdictMessage() {}

  /// E.g. `1 CRITICAL, 2 HIGH at or above HIGH: CVE-2021-44228 in log4j-core 2.14.1 (fixed in
  /// 2.15.0), …`.
  static String failing(
      List<Findings.Vulnerability> failing,
      List<Findings.Secret> secrets,
      VerdictRules rules,
      int excepted) {
    var sentences = new ArrayList<String>();
    if (!failing.isEmpty()) {
      sentences.add(
          severities(ScanVerdict.counts(failing, List.of()))
              + " at or above "
              + rules.threshold()
              + ": "
              + first(failing.stream().sorted(WORST_FIRST).map(VerdictMessage::named).toList()));
    }
    if (!secrets.isEmpty()) {
      sentences.add(
          plural(secrets.size(), "secret")
              + ": "
              + first(secrets.stream().map(VerdictMessage::named).sorted().toList()));
    }
    if (excepted > 0) {
      sentences.add(excepted + " excepted");
    }
    return bounded(String.join("; ", sentences));
  }

  /// E.g. `nothing fails at or above HIGH; found 3 MEDIUM, 1 LOW; 1 excepted until
  /// 2026-12-01T00:00:00Z`.
  static String clean(Counts found, VerdictRules rules, Counted left) {
    var sentences = new ArrayList<String>();
    sentences.add("nothing fails at or above " + rules.threshold());
    var all = severities(found);
    if (!all.isEmpty()) {
      sentences.add("found " + all);
    }
    if (found.secrets() > 0) {
      sentences.add(plural(found.secrets(), "secret"));
    }
    if (left.excepted() > 0) {
      sentences.add(left.excepted() + " excepted until " + left.lapses().getFirst());
    }
    return bounded(String.join("; ", sentences));
  }

  static String bounded(String text) {
    return shortened(text, LONGEST);
  }

  private static String severities(Counts counts) {
    record Part(int number, Severity severity) {}
    return List.of(
            new Part(counts.critical(), Severity.CRITICAL),
            new Part(counts.high(), Severity.HIGH),
            new Part(counts.medium(), Severity.MEDIUM),
            new Part(counts.low(), Severity.LOW),
            new Part(counts.unknown(), Severity.UNKNOWN))
        .stream()
        .filter(part -> part.number() > 0)
        .map(part -> part.number() + " " + part.severity())
        .collect(Collectors.joining(", "));
  }

  private static String named(Findings.Vulnerability found) {
    var fixed = found.fixedVersion();
    return word(found.id())
        + " in "
        + word(found.packageName())
        + " "
        + word(found.installedVersion())
        + (fixed == null || fixed.isBlank() ? " (no fix)" : " (fixed in " + word(fixed) + ")");
  }

  private static String named(Findings.Secret found) {
    return word(found.ruleId()) + " in " + word(found.path()) + ":" + found.startLine();
  }

  private static String first(List<String> all) {
    var named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
  }

  private static String plural(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String word(String text) {
    var clean = new StringBuilder(Math.min(text.length(), LONGEST_WORD));
    text.codePoints()
        .limit(LONGEST_WORD + 1L)
        .forEach(c -> clean.appendCodePoint(printable(c) ? c : '?'));
    return shortened(clean.toString(), LONGEST_WORD);
  }

  // Format characters (right-to-left overrides and the like) would let a path rewrite the sentence.
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    var cut = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, cut) + "…";
  }
}
