package dev.assay.policy.signature;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.VerifyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a ScanPolicy's `spec.verify` asks for. Keys and trust roots come from `status.verifiers`,
/// where the operator puts what it read from Secrets, so that nobody else needs to read them.
///
/// @param rules in the order of the spec
public record PolicyRules(List<Rule> rules) {
  /// The result of reading a policy.
  public sealed interface Read {
    record Usable(PolicyRules rules) implements Read {}

    /// Nothing can be verified by it, so nothing may pass.
    ///
    /// @param message names the rule
    record Unusable(String message) implements Read {}
  }

  private sealed interface One {
    record Ok(Rule rule) implements One {}

    record Bad(String message) implements One {}
  }

  public static Read of(ScanPolicySpec spec, List<Verifier> resolved, TrustRoots roots) {
    var rules = new ArrayList<Rule>();
    for (var asked : spec.verify()) {
      switch (one(asked, resolved, roots)) {
        case One.Ok(var rule) -> rules.add(rule);
        case One.Bad(var message) -> {
          return new Read.Unusable("rule '%s': %s".formatted(asked.name(), message));
        }
      }
    }
    return new Read.Usable(new PolicyRules(List.copyOf(rules)));
  }

  /// What is wrong with the rules whatever the Secrets hold, a sentence each.
  public static List<String> problems(ScanPolicySpec spec) {
    var problems = new ArrayList<String>();
    for (var rule : spec.verify()) {
      var keyless = rule.keyless();
      if (keyless != null && patternOf(keyless).isEmpty()) {
        problems.add(
            "spec.verify of '%s': issuerRegExp or subjectRegExp is no RE2 expression"
                .formatted(rule.name()));
      }
      for (var attestation : rule.attestations()) {
        var cel = attestation.cel();
        if (cel != null
            && PredicateCondition.read(cel) instanceof PredicateCondition.Read.Unusable(var why)) {
          problems.add("spec.verify of '%s': %s".formatted(rule.name(), why));
        }
      }
    }
    return problems;
  }

  private static One one(VerifyRule asked, List<Verifier> resolved, TrustRoots roots) {
    var found = resolved.stream().filter(v -> v.name().equals(asked.name())).findFirst();
    if (found.isEmpty()) {
      return new One.Bad("the operator has not resolved its keys or trust root yet");
    }
    var statements = new ArrayList<Rule.StatementRule>();
    for (var attestation : asked.attestations()) {
      var cel = attestation.cel();
      if (cel == null) {
        statements.add(new Rule.StatementRule(attestation.predicateType(), Optional.empty()));
        continue;
      }
      switch (PredicateCondition.read(cel)) {
        case PredicateCondition.Read.Condition(var condition) ->
            statements.add(
                new Rule.StatementRule(attestation.predicateType(), Optional.of(condition)));
        case PredicateCondition.Read.Unusable(var why) -> {
          return new One.Bad(why);
        }
      }
    }
    var all = asked.mode() != VerifyRule.Mode.any;
    return switch (signer(asked, found.get(), roots)) {
      case SignerRead.Ok(var signer) -> new One.Ok(new Rule(asked.name(), signer, statements, all));
      case SignerRead.Bad(var message) -> new One.Bad(message);
    };
  }

  private sealed interface SignerRead {
    record Ok(Signer signer) implements SignerRead {}

    record Bad(String message) implements SignerRead {}
  }

  private static SignerRead signer(VerifyRule asked, Verifier resolved, TrustRoots roots) {
    var keyless = asked.keyless();
    if (keyless == null) {
      return keys(asked.key(), resolved);
    }
    var pattern = patternOf(keyless);
    var root = resolved.trustedRoot();
    if (!keyless.equals(resolved.keyless()) || pattern.isEmpty() || root == null) {
      return new SignerRead.Bad("the operator has not resolved its identity yet");
    }
    return switch (roots.of(root)) {
      case TrustRoot.Read.Root(var usable) ->
          new SignerRead.Ok(new Signer.Identities(List.of(pattern.get()), usable));
      case TrustRoot.Read.Unusable(var why) -> new SignerRead.Bad(why);
    };
  }

  private static SignerRead keys(VerifyRule.@Nullable Key asked, Verifier resolved) {
    var all = asked != null && asked.match() == VerifyRule.Mode.all;
    var keys = new ArrayList<TrustedKey>();
    for (var key : resolved.keys()) {
      switch (TrustedKey.read(key.pem())) {
        case TrustedKey.Read.Key(var usable) -> keys.add(usable);
        case TrustedKey.Read.Unusable(var why) -> {
          return new SignerRead.Bad(why);
        }
      }
    }
    return keys.isEmpty()
        ? new SignerRead.Bad("the operator has found no key for it")
        : new SignerRead.Ok(new Signer.Keys(keys, all));
  }

  private static Optional<IdentityPattern> patternOf(VerifyRule.Keyless keyless) {
    var issuer = part(keyless.issuer(), keyless.issuerRegExp());
    var subject = part(keyless.subject(), keyless.subjectRegExp());
    return issuer.flatMap(i -> subject.map(s -> new IdentityPattern(i, s)));
  }

  private static Optional<IdentityPattern.Part> part(
      @Nullable String exact, @Nullable String expression) {
    if (exact != null) {
      return Optional.of(new IdentityPattern.Part.Exact(exact));
    }
    return expression == null ? Optional.empty() : IdentityPattern.expression(expression);
  }
}
