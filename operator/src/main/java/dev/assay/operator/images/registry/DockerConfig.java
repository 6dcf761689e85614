package dev.assay.operator.images.registry;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.SafeJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The passwords in a Secret of type `kubernetes.io/dockerconfigjson`, by registry:
/// https://kubernetes.io/docs/concepts/containers/images/#config-json
public final class DockerConfig {
  /// Entry of the Secret.
  public static final String KEY = ".dockerconfigjson";

  private DockerConfig() {}

  /// The password for the longest entry that is about this image; of wildcards and tokens, which an
  /// entry may have too, nothing is understood.
  public static Optional<Login> of(String json, PinnedImage image) {
    return SafeJson.read(json.getBytes(StandardCharsets.UTF_8)).stream()
        .flatMap(config -> config.path("auths").properties().stream())
        .filter(entry -> isAbout(plain(entry.getKey()), image))
        .sorted(comparingInt((Map.Entry<String, ?> e) -> plain(e.getKey()).length()).reversed())
        .flatMap(entry -> login(entry.getValue()).stream())
        .findFirst();
  }

  // docker login writes https://index.docker.io/v1/, others host, host/path or https://host.
  private static String plain(String entry) {
    var bare = entry.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
    var slash = bare.indexOf('/');
    var host = (slash < 0 ? bare : bare.substring(0, slash)).toLowerCase(Locale.ROOT);
    var canonical = host.equals("index.docker.io") ? "docker.io" : host.replaceFirst(":443$", "");
    return slash < 0 ? canonical : canonical + bare.substring(slash);
  }

  private static boolean isAbout(String entry, PinnedImage image) {
    return entry.equals(image.registry())
        || image.name().equals(entry)
        || (entry.contains("/") && image.name().startsWith(entry + "/"));
  }

  private static Optional<Login> login(JsonNode entry) {
    var auth = entry.path("auth").asText("");
    if (auth.isEmpty()) {
      return of(entry.path("username").asText(""), entry.path("password").asText(""));
    }
    try {
      var both = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      var colon = both.indexOf(':');
      return colon < 0 ? Optional.empty() : of(both.substring(0, colon), both.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Login> of(String username, String password) {
    return username.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(new Login.Password(username, password));
  }
}
