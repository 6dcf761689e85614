package dev.assay.operator.certificate;

import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Secrets whose values are text.
final class SecretText {
  /// Its two keys are required by the API server.
  private static final String TYPE = "kubernetes.io/tls";

  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";

  private SecretText() {}

  /// @return empty where there is none
  static String find(Secret secret, String key) throws GeneralSecurityException {
    var data = secret.getData();
    var value = data == null ? null : data.get(key);
    try {
      return value == null
          ? ""
          : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // The cause would name characters of the value.
      throw new GeneralSecurityException(key + " is not base64");
    }
  }

  static String require(Secret secret, String key) throws GeneralSecurityException {
    var text = find(secret, key);
    if (text.isBlank()) {
      throw new GeneralSecurityException("there is no " + key);
    }
    return text;
  }

  /// The Secret with exactly this content. Labels and annotations of the old one stay, and so does
  /// its resourceVersion, so that a write in between is noticed.
  static Secret with(
      @Nullable Secret was, String namespace, String name, Map<String, String> content) {
    var builder =
        was == null
            ? new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withType(TYPE)
            : new SecretBuilder(was);
    var data = new TreeMap<String, String>();
    content.forEach((key, text) ->
        data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return builder
        .editMetadata()
        .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY)
        .endMetadata()
        .withData(data)
        .build();
  }
}
