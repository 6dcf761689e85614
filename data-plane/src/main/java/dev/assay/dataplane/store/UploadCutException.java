package dev.assay.dataplane.store;

import java.io.IOException;

/// The upload was ended from outside: its session was closed or the store is closing.
public final class UploadCutException extends IOException {
  public UploadCutException(String message) {
    super(message);
  }
}
