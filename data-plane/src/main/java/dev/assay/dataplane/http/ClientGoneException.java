package dev.assay.dataplane.http;

import java.io.IOException;

/// The connection ended while its request was worked on.
public final class ClientGoneException extends IOException {
  public ClientGoneException(String message) {
    super(message);
  }
}
