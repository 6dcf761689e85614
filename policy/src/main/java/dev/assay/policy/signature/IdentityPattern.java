package dev.assay.policy.signature;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// Who may sign without a key. A regular expression must match the whole of what the certificate
/// says, whatever anchors it has: `https://github\.com/acme` must not let
/// `https://github.com/acme.evil.example` in. RE2, as Go's, so that no expression takes long.
public record IdentityPattern(Part issuer, Part subject) {
  /// One half of an identity.
  public sealed interface Part {
    /// Word for word.
    record Exact(String value) implements Part {}

    record Expression(Pattern pattern) implements Part {}

    private boolean matches(String found) {
      return switch (this) {
        case Exact(var value) -> value.equals(found);
        case Expression(var pattern) -> pattern.matches(found);
      };
    }

    private String wanted() {
      return switch (this) {
        case Exact(var value) -> "'" + value + "'";
        case Expression(var pattern) -> "/" + pattern.pattern() + "/";
      };
    }
  }

  /// An expression, or empty when it is none.
  public static Optional<Part> expression(String text) {
    try {
      return Optional.of(new Part.Expression(Pattern.compile(text)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  boolean matches(Finding.SignedBy.Identity found) {
    return issuer.matches(found.issuer()) && subject.matches(found.subject());
  }

  String wanted() {
    return "%s of %s".formatted(subject.wanted(), issuer.wanted());
  }
}
