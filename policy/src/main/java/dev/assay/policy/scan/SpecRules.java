package dev.assay.policy.scan;

import dev.assay.api.scanpolicy.ScanException;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicySpec.OnUnscannable;
import dev.assay.policy.scan.Exemption.Packages;
import dev.assay.policy.scan.LabelMatch.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a ScanPolicy's spec into rules. An exception that cannot be read covers nothing, and is
/// named among the problems: the rules that are left are the stricter ones.
///
/// @param problems sentences that begin with the path of the field
public record SpecRules(VerdictRules rules, List<String> problems) {
  /// What a version text may not hold, because it would look like a range that nobody evaluates.
  private static final String RANGE_SIGNS = "<>=|*,[]()";

  public static SpecRules of(ScanPolicySpec spec) {
    var exemptions = new ArrayList<Exemption>();
    var problems = new ArrayList<String>();
    for (var i = 0; i < spec.exceptions().size(); i++) {
      var exception = spec.exceptions().get(i);
      switch (packages(exception.purl())) {
        case Read.Ok(var packages) -> exemptions.add(exemption(exception, packages));
        case Read.Bad(var problem) ->
            problems.add(
                "spec.exceptions[%d].purl of %s: %s; it covers nothing until then"
                    .formatted(i, exception.id(), problem));
      }
    }
    return new SpecRules(rules(spec, List.copyOf(exemptions)), List.copyOf(problems));
  }

  private sealed interface Read {
    record Ok(Packages packages) implements Read {}

    record Bad(String problem) implements Read {}
  }

  // The CRD's defaults, for objects that never passed an API server.
  private static VerdictRules rules(ScanPolicySpec spec, List<Exemption> exemptions) {
    var failOn = Optional.ofNullable(spec.failOn());
    return new VerdictRules(
        failOn
            .map(ScanPolicySpec.FailOn::severity)
            .map(severity -> Severity.of(severity.name()))
            .orElse(Severity.HIGH),
        failOn.map(ScanPolicySpec.FailOn::ignoreUnfixed).orElse(false),
        failOn.map(ScanPolicySpec.FailOn::secrets).orElse(true),
        spec.onUnscannable() == OnUnscannable.Allow,
        exemptions);
  }

  private static Exemption exemption(ScanException exception, Packages packages) {
    return new Exemption(
        exception.id(), packages, match(exception.selector()), exception.expiresAt());
  }

  private static Read packages(@Nullable String purl) {
    if (purl == null) {
      return new Read.Ok(new Packages.Any());
    }
    return switch (Purl.read(purl)) {
      case Purl.Reading.Malformed(var problem) -> new Read.Bad(problem);
      case Purl.Reading.Ok(var read) when isRange(read.version()) ->
          new Read.Bad("'" + read.version() + "' is a range; name one version, or none for all");
      case Purl.Reading.Ok(var read) -> new Read.Ok(new Packages.Matching(read));
    };
  }

  private static boolean isRange(String version) {
    return version.startsWith("vers:")
        || version.chars().anyMatch(c -> RANGE_SIGNS.indexOf(c) >= 0);
  }

  private static LabelMatch match(ScanException.@Nullable Selector selector) {
    return selector == null
        ? LabelMatch.EVERYTHING
        : new LabelMatch(
            selector.matchLabels(),
            selector.matchExpressions().stream().map(SpecRules::expression).toList());
  }

  private static Expression expression(ScanException.Requirement asked) {
    var values = asked.values().stream().collect(Collectors.toUnmodifiableSet());
    return switch (asked.operator()) {
      case In -> new Expression.In(asked.key(), values);
      case NotIn -> new Expression.NotIn(asked.key(), values);
      case Exists -> new Expression.Exists(asked.key());
      case DoesNotExist -> new Expression.DoesNotExist(asked.key());
    };
  }
}
