package dev.assay.policy.scan;

import dev.assay.wire.scan.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Findings without those that an active exception covers.
///
/// @param excepted how many are covered
/// @param lapses when the cover of a finding ends, earliest first
record Counted(
    List<Findings.Vulnerability> vulnerabilities,
    List<Findings.Secret> secrets,
    int excepted,
    List<Instant> lapses) {

  static Counted of(
      Findings findings,
      List<Exemption> exemptions,
      Map<String, String> artifactLabels,
      Instant now) {
    var active =
        exemptions.stream()
            .filter(e -> e.activeAt(now) && e.artifacts().holdsFor(artifactLabels))
            .toList();
    var lapses = new TreeSet<Instant>();
    var excepted = 0;
    var vulnerabilities = new ArrayList<Findings.Vulnerability>();
    for (var found : findings.vulnerabilities()) {
      var end = coveredUntil(active, e -> e.covers(found));
      end.ifPresentOrElse(lapses::add, () -> vulnerabilities.add(found));
      excepted += end.isPresent() ? 1 : 0;
    }
    var secrets = new ArrayList<Findings.Secret>();
    for (var found : findings.secrets()) {
      var end = coveredUntil(active, e -> e.covers(found));
      end.ifPresentOrElse(lapses::add, () -> secrets.add(found));
      excepted += end.isPresent() ? 1 : 0;
    }
    return new Counted(
        List.copyOf(vulnerabilities), List.copyOf(secrets), excepted, List.copyOf(lapses));
  }

  // A finding is covered until the last of its exceptions ends.
  private static Optional<Instant> coveredUntil(
      List<Exemption> active, Predicate<Exemption> covers) {
    return active.stream().filter(covers).map(Exemption::expiresAt).max(Instant::compareTo);
  }
}
