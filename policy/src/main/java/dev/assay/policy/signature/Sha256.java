package dev.assay.policy.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The SHA-256 that a signature must be over, 64 lower-case hexadecimal digits.
public record Sha256(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  public Sha256 {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("expected 64 lower-case hexadecimal digits");
    }
  }

  /// @param digest `sha256:<hex>`, as specs write it
  public static Optional<Sha256> parse(String digest) {
    return digest.startsWith(PREFIX) && HEX.matcher(digest.substring(PREFIX.length())).matches()
        ? Optional.of(new Sha256(digest.substring(PREFIX.length())))
        : Optional.empty();
  }

  /// The digest of a text, in UTF-8.
  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Sha256 of(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new Sha256(HexFormat.of().formatHex(digest.digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
