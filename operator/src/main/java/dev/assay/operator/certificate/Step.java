package dev.assay.operator.certificate;

import java.time.Instant;
import java.util.List;

/// The one next thing to do; after it everything is looked at again.
sealed interface Step {
  /// Makes a CA and writes it in place of what is there.
  ///
  /// @param previous stay trusted beside it
  record MakeAuthority(String why, List<Anchor> previous) implements Step {}

  /// The new CA is missing from a caBundle, so its time of being trusted begins anew.
  record RestartWait() implements Step {}

  /// Writes the caBundle of these.
  record Trust(String bundle, List<Hook> hooks) implements Step {}

  /// The current CA stands in every caBundle, seen at this time.
  record RecordTrust(Instant since) implements Step {}

  /// Makes a leaf by the current CA and writes it in place of what is there.
  record Issue(String why) implements Step {}

  /// The previous CAs are trusted no more.
  record Retire() implements Step {}

  record Rest(Instant until) implements Step {}
}
