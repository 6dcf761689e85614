package dev.assay.policy.signature;

import java.util.List;
import java.util.Optional;

/// One thing that a policy asks of the signatures beside an artifact: a plain signature of the
/// bytes, and statements as well.
///
/// @param name shown in messages
/// @param allStatements whether each statement must be there; one is enough otherwise
public record Rule(
    String name, Signer signer, List<StatementRule> statements, boolean allStatements) {

  /// A statement that must be there.
  ///
  /// @param condition what its predicate must fulfil; its presence is enough otherwise
  public record StatementRule(String predicateType, Optional<PredicateCondition> condition) {}
}
