package dev.assay.dataplane.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names requests, so that a client's error and the server's log find each other. Not a secret.
final class RequestIds {
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private RequestIds() {}

  static String next() {
    return UPPER.toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
