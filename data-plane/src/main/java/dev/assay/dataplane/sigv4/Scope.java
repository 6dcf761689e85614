package dev.assay.dataplane.sigv4;

import java.util.Optional;

/// The credential of a request: an access key id and what its signature is good for.
///
/// @param day `yyyyMMdd`
record Scope(String accessKeyId, String day, String region, String service) {
  static final String TERMINATOR = "aws4_request";

  /// Reads `<access key id>/<day>/<region>/<service>/aws4_request`; the id may hold slashes.
  static Optional<Scope> parse(String credential) {
    var parts = credential.split("/", -1);
    var n = parts.length;
    if (n < 5 || !parts[n - 1].equals(TERMINATOR)) {
      return Optional.empty();
    }
    var id = String.join("/", java.util.Arrays.copyOfRange(parts, 0, n - 4));
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(new Scope(id, parts[n - 4], parts[n - 3], parts[n - 2]));
  }

  /// What stands in the string to sign.
  String name() {
    return day + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
