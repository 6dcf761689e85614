package dev.assay.operator.control;

import java.io.IOException;

/// A data plane answered, but not with what was asked for: nothing was found out.
public final class ControlRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ControlRefused(String call, int status, String code, String message) {
    super(call + ": " + status + " " + code + ": " + message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  /// `ControlError`'s code, such as `Unavailable`.
  public String code() {
    return code;
  }
}
