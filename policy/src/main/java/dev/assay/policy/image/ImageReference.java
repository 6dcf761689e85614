package dev.assay.policy.image;

import dev.assay.policy.signature.Sha256;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An image as a Pod names it, with what containerd fills in: `nginx` is `docker.io/library/nginx`.
/// Two spellings of one registry are one (case, port 443), so that none of them escapes a policy's
/// glob.
///
/// Grammar: https://github.com/distribution/reference/blob/main/reference.go
///
/// @param tag empty when there is none
public record ImageReference(
    String registry, String repository, Optional<String> tag, Optional<Sha256> digest) {
  /// The specification's bound of a name; labels and digests have their own.
  private static final int MOST_CHARACTERS = 255;

  private static final String DEFAULT_REGISTRY = "docker.io";

  /// Possessive throughout: no text makes them go back.
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+(?:\\.[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+)*+|\\[[0-9a-fA-F:]{2,45}+\\])(?::[0-9]{1,5}+)?+");

  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+)*+");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+");

  /// A bare identifier means an image by its local id.
  private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-f]{64}");

  /// The result of reading one.
  public sealed interface Read {
    record Image(ImageReference image) implements Read {}

    /// @param message a sentence without any of the text, which may be anything
    record Malformed(String message) implements Read {}
  }

  public static Read read(String text) {
    if (text.length() > MOST_CHARACTERS + 1 + 128 + 1 + 71) {
      return new Read.Malformed("expected an image, found %d characters".formatted(text.length()));
    }
    if (IDENTIFIER.matcher(text).matches()) {
      return new Read.Malformed("expected an image by name, found an identifier");
    }
    var at = text.indexOf('@');
    var named = at < 0 ? text : text.substring(0, at);
    var digest = at < 0 ? Optional.<Sha256>empty() : Sha256.parse(text.substring(at + 1));
    if (at >= 0 && digest.isEmpty()) {
      return new Read.Malformed("expected a digest sha256:<64 hexadecimal digits> after '@'");
    }
    var slash = named.indexOf('/');
    var first = slash < 0 ? "" : named.substring(0, slash);
    return isHost(first)
        ? read(first, named.substring(slash + 1), digest)
        : read(DEFAULT_REGISTRY, named, digest);
  }

  /// What a Pod's image must be for its signatures to be looked for; empty without a digest.
  public Optional<PinnedImage> pinned() {
    return digest.map(sha256 -> new PinnedImage(registry, repository, sha256));
  }

  /// Globs are matched against this.
  public String name() {
    return registry + "/" + repository;
  }

  /// How one registry's host is written. Of ports only https's own goes without saying.
  static String canonicalHost(String host) {
    var lower = host.toLowerCase(Locale.ROOT);
    var colon = lower.lastIndexOf(':');
    var hasPort = colon > lower.lastIndexOf(']') && colon > 0;
    var name = hasPort ? lower.substring(0, colon) : lower;
    var port = hasPort ? lower.substring(colon + 1).replaceFirst("^0+(?=.)", "") : "";
    if (name.equals("index.docker.io") && (port.isEmpty() || port.equals("443"))) {
      return DEFAULT_REGISTRY;
    }
    return port.isEmpty() || port.equals("443") ? name : name + ":" + port;
  }

  // `team/app` is Docker Hub's, `team.example/app` is not.
  private static boolean isHost(String first) {
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static Read read(String host, String rest, Optional<Sha256> digest) {
    var colon = rest.indexOf(':');
    var path = colon < 0 ? rest : rest.substring(0, colon);
    var tag = colon < 0 ? Optional.<String>empty() : Optional.of(rest.substring(colon + 1));
    var registry = HOST.matcher(host).matches() ? canonicalHost(host) : "";
    if (registry.isEmpty()) {
      return new Read.Malformed("expected a registry's host and port before the first '/'");
    }
    var repository =
        registry.equals(DEFAULT_REGISTRY) && !path.contains("/") ? "library/" + path : path;
    if (!REPOSITORY.matcher(path).matches()
        || registry.length() + 1 + repository.length() > MOST_CHARACTERS) {
      return new Read.Malformed(
          "expected a repository of lower-case letters, digits and separators, at most %d characters with its registry"
              .formatted(MOST_CHARACTERS));
    }
    if (tag.isPresent() && !TAG.matcher(tag.get()).matches()) {
      return new Read.Malformed("expected a tag of at most 128 letters, digits, '_', '.' and '-'");
    }
    return new Read.Image(new ImageReference(registry, repository, tag, digest));
  }
}
