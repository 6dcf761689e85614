package dev.assay.dataplane.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.wire.Json;
import dev.assay.wire.control.DataPlaneConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The configuration file and the directory of secret keys, as Kubernetes mounts them.
///
/// @param configuration a `DataPlaneConfiguration` in JSON
/// @param keys one file for each access key id, its content the secret key
public record SettingsFiles(Path configuration, Path keys) {

  /// Reads both.
  ///
  /// @throws BadSettingsException naming the file, what was expected and what was found
  /// @throws IOException when a file cannot be read
  public InForce read() throws IOException {
    var bytes = Files.readAllBytes(configuration);
    try {
      var parsed = Json.MAPPER.readValue(bytes, DataPlaneConfiguration.class);
      var problem = ConfigurationCheck.problem(parsed);
      if (problem.isPresent()) {
        throw new BadSettingsException(configuration + ": " + problem.get());
      }
      return new InForce(
          parsed,
          sha256(bytes),
          InForce.secretsOf(parsed, secrets()),
          publicKeys(parsed.controlPublicKeys()));
    } catch (JsonProcessingException e) {
      // The location, not the text: a mistake may have put a secret into the wrong file.
      var at = e.getLocation();
      throw new BadSettingsException(
          "%s: not a data plane's configuration, line %d column %d: %s"
              .formatted(
                  configuration,
                  at == null ? 0 : at.getLineNr(),
                  at == null ? 0 : at.getColumnNr(),
                  e.getClass().getSimpleName()));
    }
  }

  private Map<String, String> secrets() throws IOException {
    var secrets = new HashMap<String, String>();
    try (var files = Files.list(keys)) {
      // Kubernetes keeps its own links there, whose names begin with two dots.
      for (var file : files.filter(f -> !f.getFileName().toString().startsWith("..")).toList()) {
        if (Files.isRegularFile(file)) {
          var secret = Files.readString(file, StandardCharsets.UTF_8).strip();
          if (!secret.isEmpty()) {
            secrets.put(file.getFileName().toString(), secret);
          }
        }
      }
    }
    return secrets;
  }

  private List<PublicKey> publicKeys(List<String> encoded) throws BadSettingsException {
    var keys = new ArrayList<PublicKey>();
    for (var key : encoded) {
      try {
        var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key));
        keys.add(KeyFactory.getInstance("Ed25519").generatePublic(spec));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new BadSettingsException(
            configuration
                + ": controlPublicKeys: expected base64 of an Ed25519 SubjectPublicKeyInfo, found "
                + key);
      }
    }
    return List.copyOf(keys);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
