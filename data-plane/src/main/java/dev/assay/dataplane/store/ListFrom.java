package dev.assay.dataplane.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where a page of a listing begins.
public sealed interface ListFrom {
  record Beginning() implements ListFrom {}

  /// The first key after this one (`start-after`, V1's `marker`).
  record AfterKey(String key) implements ListFrom {}

  /// The first key that does not begin with this common prefix, which was listed already.
  record PastPrefix(String prefix) implements ListFrom {}

  /// An opaque continuation token.
  default String token() {
    var text =
        switch (this) {
          case Beginning() -> "b";
          case AfterKey(var key) -> "k" + key;
          case PastPrefix(var prefix) -> "p" + prefix;
        };
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The inverse of {@link #token}; empty for a token that none gave.
  static Optional<ListFrom> parse(String token) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var rest = text.substring(1);
    return switch (text.charAt(0)) {
      case 'b' -> rest.isEmpty() ? Optional.of(new Beginning()) : Optional.empty();
      case 'k' -> Optional.of(new AfterKey(rest));
      case 'p' -> Optional.of(new PastPrefix(rest));
      default -> Optional.empty();
    };
  }
}
