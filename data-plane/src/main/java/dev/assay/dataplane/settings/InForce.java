package dev.assay.dataplane.settings;

import dev.assay.dataplane.sigv4.SecretKeys;
import dev.assay.wire.control.DataPlaneConfiguration;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One consistent state of configuration and keys; a request sees one from its start to its end.
///
/// @param digest SHA-256 in hex of the configuration file, as the operator computes it
/// @param controlKeys any of which may sign a control token; empty refuses every call
public record InForce(
    DataPlaneConfiguration configuration,
    String digest,
    SecretKeys secrets,
    List<PublicKey> controlKeys) {

  /// Empty for a key that the configuration does not name, whatever lies in the directory.
  public Optional<Role> role(String accessKeyId) {
    return configuration.accessKeys().stream()
        .filter(key -> key.id().equals(accessKeyId))
        .map(AccessKey::role)
        .findFirst();
  }

  /// Secrets of keys that the configuration names; the others are left unknown.
  static SecretKeys secretsOf(DataPlaneConfiguration configuration, Map<String, String> files) {
    var named = new java.util.HashMap<String, String>();
    for (var key : configuration.accessKeys()) {
      var secret = files.get(key.id());
      if (secret != null) {
        named.put(key.id(), secret);
      }
    }
    return new SecretKeys(named);
  }
}
