package dev.assay.scanjob.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests of files, in lower-case hex.
public final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    return algorithm("SHA-256");
  }

  public static String sha256(Path file) throws IOException {
    return hex(file, algorithm("SHA-256"));
  }

  /// For ETags, which are MD5 in S3.
  static String md5(Path file) throws IOException {
    return hex(file, algorithm("MD5"));
  }

  private static String hex(Path file, MessageDigest digest) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
