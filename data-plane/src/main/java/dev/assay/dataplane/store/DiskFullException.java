package dev.assay.dataplane.store;

import java.io.IOException;

/// There is no room for the bytes; nothing of them stays. More room makes it go away.
public final class DiskFullException extends IOException {
  public DiskFullException(String message) {
    super(message);
  }

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
