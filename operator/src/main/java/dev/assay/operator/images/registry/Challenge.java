package dev.assay.operator.images.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a registry wants to be asked: https://distribution.github.io/distribution/spec/auth/token/
sealed interface Challenge {
  /// Name and password with the request itself.
  record Basic() implements Challenge {}

  /// A token, from where `realm` says.
  record Bearer(String realm, String service) implements Challenge {
    /// The scope is ours, whatever the registry proposes: to read one repository.
    String address(String repository) {
      var query =
          "scope="
              + encoded("repository:" + repository + ":pull")
              + (service.isEmpty() ? "" : "&service=" + encoded(service));
      return realm + (realm.contains("?") ? "&" : "?") + query;
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /// In no way that is known here.
  record Unknown() implements Challenge {}

  Pattern PARAMETER = Pattern.compile("([a-zA-Z]++)=\"([^\"]*+)\"");

  /// @param headers every `WWW-Authenticate`
  static Challenge of(List<String> headers) {
    for (var header : headers) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("bearer ")) {
        var parameters = parameters(header);
        var realm = parameters.getOrDefault("realm", "");
        if (!realm.isEmpty()) {
          return new Bearer(realm, parameters.getOrDefault("service", ""));
        }
      }
      if (lower.startsWith("basic ")) {
        return new Basic();
      }
    }
    return new Unknown();
  }

  private static Map<String, String> parameters(String header) {
    return PARAMETER
        .matcher(header)
        .results()
        .collect(
            Collectors.toMap(
                m -> m.group(1).toLowerCase(Locale.ROOT), m -> m.group(2), (a, b) -> a));
  }
}
