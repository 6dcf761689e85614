package dev.assay.operator.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.SafeJson;
import dev.assay.policy.signature.Sha256;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One image's repository, as one visitor sees it:
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
final class Repository {
  private static final long TOKEN_BYTES = 64 << 10;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]++");

  /// What a registry says that has no such thing, or no such endpoint.
  private static final Set<Integer> ABSENT = Set.of(400, 404, 405, 406);

  private final Fetch fetch;
  private final URI base;
  private final String repository;
  private final Login login;
  private final Deadline deadline;
  private Optional<String> authorization = Optional.empty();
  private boolean asked;

  Repository(Fetch fetch, Perimeter perimeter, PinnedImage image, Login login, Deadline deadline) {
    // Docker Hub's API has a name of its own.
    var host = image.registry().equals("docker.io") ? "registry-1.docker.io" : image.registry();
    this.fetch = fetch;
    this.base =
        URI.create("%s://%s/v2/%s/".formatted(perimeter.scheme(host), host, image.repository()));
    this.repository = image.repository();
    this.login = login;
    this.deadline = deadline;
  }

  /// Empty when the registry has no such thing.
  Optional<byte[]> get(String path, String accept, long mostBytes) throws IOException {
    var answer = fetch.get(base.resolve(path), accept, authorization, mostBytes, deadline);
    if (answer.statusCode() == 401 && !asked) {
      asked = true;
      authorization = authorize(Challenge.of(answer.headers().allValues("WWW-Authenticate")));
      answer = fetch.get(base.resolve(path), accept, authorization, mostBytes, deadline);
    }
    if (ABSENT.contains(answer.statusCode())) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s answers %d to GET %s%s"
              .formatted(base.getHost(), answer.statusCode(), base.getPath(), path));
    }
    return Optional.of(answer.body());
  }

  /// The same, and what came has this digest.
  Optional<byte[]> get(String path, String accept, long mostBytes, Sha256 digest)
      throws IOException {
    var body = get(path, accept, mostBytes);
    if (body.isPresent() && !Sha256.of(body.get()).equals(digest)) {
      throw new IOException(
          "%s answers GET %s%s with bytes of another digest"
              .formatted(base.getHost(), base.getPath(), path));
    }
    return body;
  }

  // With https, or with what the administrator has listed: the perimeter lets nothing else through.
  private Optional<String> authorize(Challenge challenge) throws IOException {
    var password =
        login instanceof Login.Password known
            ? Optional.of(known.header())
            : Optional.<String>empty();
    return switch (challenge) {
      case Challenge.Basic _ -> password;
      case Challenge.Bearer bearer -> Optional.of("Bearer " + token(bearer, password));
      case Challenge.Unknown _ ->
          throw new IOException(base.getHost() + " answers 401 and asks for no known login");
    };
  }

  private String token(Challenge.Bearer bearer, Optional<String> password) throws IOException {
    var answer =
        fetch.get(
            realm(bearer.address(repository)), "application/json", password, TOKEN_BYTES, deadline);
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s gives no token to read %s: %d"
              .formatted(base.getHost(), repository, answer.statusCode()));
    }
    var json = SafeJson.read(answer.body());
    return json.map(t -> t.path("token"))
        .filter(JsonNode::isTextual)
        .or(() -> json.map(t -> t.path("access_token")))
        .map(token -> token.asText(""))
        .filter(token -> TOKEN.matcher(token).matches())
        .orElseThrow(() -> new IOException(base.getHost() + " gives a token that is none"));
  }

  private URI realm(String address) throws IOException {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new IOException(base.getHost() + " names a realm that is no address", e);
    }
  }
}
