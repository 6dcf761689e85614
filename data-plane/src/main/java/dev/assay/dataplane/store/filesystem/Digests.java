package dev.assay.dataplane.store.filesystem;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests that every JDK has.
final class Digests {
  private Digests() {}

  static MessageDigest fresh() {
    return algorithm("SHA-256");
  }

  static MessageDigest md5() {
    return algorithm("MD5");
  }

  /// A copy that goes its own way from here.
  static MessageDigest fork(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /// Lower-case hex of what was taken in so far; the digest itself goes on.
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(fork(digest).digest());
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
