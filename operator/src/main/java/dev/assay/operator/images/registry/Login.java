package dev.assay.operator.images.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Who asks a registry.
public sealed interface Login {
  /// Nobody in particular.
  record Anonymous() implements Login {}

  /// Somebody with a password.
  record Password(String username, String password) implements Login {
    /// RFC 7617.
    String header() {
      var both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /// Records show what they hold, and this must not be shown.
    @Override
    public String toString() {
      return "Password[]";
    }
  }
}
