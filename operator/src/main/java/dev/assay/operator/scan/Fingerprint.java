package dev.assay.operator.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A short name for a list of texts: SHA-256 over each length and text, in hex, cut.
final class Fingerprint {
  private Fingerprint() {}

  /// @param characters 16 are 64 bits: enough within one namespace
  static String of(int characters, List<String> parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        var bytes = part.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8)); // no two lists read alike
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, characters);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
