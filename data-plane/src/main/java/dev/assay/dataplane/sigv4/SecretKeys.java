package dev.assay.dataplane.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The secret keys by access key id, and the signing keys derived from them: deriving one costs
/// four HMACs and is good for a day, so it is kept. New secrets come as a new object.
public final class SecretKeys {
  /// Days and regions that anyone can name fill the cache; past this it starts anew.
  private static final int MAX_CACHED = 256;

  private final Map<String, String> secrets;
  private final Map<Scope, byte[]> derived = new ConcurrentHashMap<>();

  public SecretKeys(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  /// Empty for an access key that is not known.
  Optional<byte[]> signingKey(Scope scope) {
    var secret = secrets.get(scope.accessKeyId());
    if (secret == null) {
      return Optional.empty();
    }
    if (derived.size() >= MAX_CACHED) {
      derived.clear();
    }
    return Optional.of(derived.computeIfAbsent(scope, s -> derive(s, secret)));
  }

  private static byte[] derive(Scope scope, String secret) {
    var day = Hmac.sha256(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.day());
    var region = Hmac.sha256(day, scope.region());
    var service = Hmac.sha256(region, scope.service());
    return Hmac.sha256(service, Scope.TERMINATOR);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretKeys keys && keys.secrets.equals(secrets);
  }

  @Override
  public int hashCode() {
    return secrets.hashCode();
  }

  /// Never the secrets, whoever prints this.
  @Override
  public String toString() {
    return "SecretKeys" + secrets.keySet();
  }
}
