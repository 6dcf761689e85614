package dev.assay.dataplane.settings;

import java.io.IOException;

/// Settings that must not come into force; those before stay.
public final class BadSettingsException extends IOException {
  public BadSettingsException(String message) {
    super(message);
  }
}
