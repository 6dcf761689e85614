package dev.assay.policy.signature;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges the signatures that stand beside some bytes by a policy's rules.
public final class SignatureCheck {
  /// More beside one artifact would be work for nothing.
  public static final int MAX_SIGNATURES = 32;

  private SignatureCheck() {}

  /// @param signatures texts of bundles and signatures, in any order
  public static RuleVerdict judge(Rule rule, List<String> signatures, Sha256 digest) {
    return weigh(rule, signatures.stream().<Evidence>map(Evidence.Text::new).toList(), digest);
  }

  /// @param signatures whatever stands beside the bytes, in any order
  public static RuleVerdict weigh(Rule rule, List<Evidence> signatures, Sha256 digest) {
    if (signatures.isEmpty()) {
      return new RuleVerdict.NotMet(
          rule.name(),
          Check.Present,
          "rule '%s' asks for a signature of %s, and there is none".formatted(rule.name(), digest));
    }
    if (signatures.size() > MAX_SIGNATURES) {
      return notMet(
          rule,
          new Refused(
              Check.Size,
              "expected at most %d signatures, found %d"
                  .formatted(MAX_SIGNATURES, signatures.size())));
    }
    var findings = signatures.stream().map(one -> check(rule.signer(), one, digest)).toList();
    return refusal(rule, findings)
        .<RuleVerdict>map(why -> notMet(rule, why))
        .orElseGet(
            () -> new RuleVerdict.Met(rule.name(), plain(findings).findFirst().orElseThrow().by()));
  }

  /// What one signature is, whatever a rule wants of it.
  static Finding check(Signer signer, Evidence one, Sha256 digest) {
    return switch (one) {
      case Evidence.Text(var text) -> check(signer, text, digest);
      case Evidence.SimpleSigning signed -> SimpleSigningCheck.check(signer, signed, digest);
      case Evidence.Unusable(var check, var message) -> new Refused(check, message);
    };
  }

  static Finding check(Signer signer, String text, Sha256 digest) {
    if (text.length() > Limits.BUNDLE_BYTES) {
      return new Refused(
          Check.Size,
          "expected at most %d bytes, found %d".formatted(Limits.BUNDLE_BYTES, text.length()));
    }
    return switch (signer) {
      case Signer.Keys(var keys, var _) -> KeyCheck.check(keys, text, digest);
      case Signer.Identities identities -> KeylessCheck.check(identities, text, digest);
    };
  }

  private static RuleVerdict notMet(Rule rule, Refused why) {
    return new RuleVerdict.NotMet(
        rule.name(),
        why.check(),
        "rule '%s', check %s: %s".formatted(rule.name(), why.check(), why.message()));
  }

  private static Optional<Refused> refusal(Rule rule, List<Finding> findings) {
    var unsigned = signature(rule.signer(), findings);
    return unsigned.isPresent() ? unsigned : statements(rule, findings);
  }

  private static Optional<Refused> signature(Signer signer, List<Finding> findings) {
    if (plain(findings).findAny().isEmpty()) {
      return Optional.of(firstRefusal(findings));
    }
    if (signer instanceof Signer.Keys(var keys, var all) && all) {
      var made = plain(findings).map(Holds::by).toList();
      return keys.stream()
          .filter(key -> !made.contains(new SignedBy.Key(key.fingerprint())))
          .findFirst()
          .map(key ->
              new Refused(
                  Check.Key,
                  "expected signatures by all %d keys, found none by %s"
                      .formatted(keys.size(), key.fingerprint())));
    }
    return Optional.empty();
  }

  private static Stream<Holds> plain(List<Finding> findings) {
    return holding(findings).filter(holds -> Finding.plain(holds.content()));
  }

  private static Stream<Holds> holding(List<Finding> findings) {
    return findings.stream().filter(Holds.class::isInstance).map(Holds.class::cast);
  }

  // Statements that hold do not say that the bytes are signed.
  private static Refused firstRefusal(List<Finding> findings) {
    return findings.stream()
        .filter(Refused.class::isInstance)
        .map(Refused.class::cast)
        .findFirst()
        .orElseGet(() ->
            new Refused(
                Check.Present,
                "expected a signature of the bytes, found statements about them alone; sign them too: cosign sign-blob"));
  }

  private static Optional<Refused> statements(Rule rule, List<Finding> findings) {
    var missing =
        rule.statements().stream()
            .map(wanted -> statement(wanted, findings))
            .flatMap(Optional::stream)
            .toList();
    var enough =
        rule.allStatements() ? missing.isEmpty() : missing.size() < rule.statements().size();
    return enough || rule.statements().isEmpty()
        ? Optional.empty()
        : Optional.of(missing.getFirst());
  }

  private static Optional<Refused> statement(Rule.StatementRule wanted, List<Finding> findings) {
    var ofType =
        holding(findings)
            .map(Holds::content)
            .filter(Content.About.class::isInstance)
            .map(content -> ((Content.About) content).statement())
            .filter(statement -> statement.predicateType().equals(wanted.predicateType()))
            .toList();
    if (ofType.isEmpty()) {
      return Optional.of(
          new Refused(
              Check.PredicateType,
              "expected a signed statement of type %s, found none"
                  .formatted(wanted.predicateType())));
    }
    return wanted.condition().flatMap(condition -> unmet(condition, ofType));
  }

  private static Optional<Refused> unmet(PredicateCondition condition, List<Statement> statements) {
    var answers = statements.stream().map(s -> condition.ask(s.predicate())).toList();
    return answers.stream().anyMatch(PredicateCondition.Answer.Met.class::isInstance)
        ? Optional.empty()
        : answers.stream()
            .filter(PredicateCondition.Answer.NotMet.class::isInstance)
            .map(PredicateCondition.Answer.NotMet.class::cast)
            .findFirst()
            .map(answer ->
                new Refused(
                    Check.Condition,
                    "the condition %s %s".formatted(condition.expression(), answer.why())));
  }
}
