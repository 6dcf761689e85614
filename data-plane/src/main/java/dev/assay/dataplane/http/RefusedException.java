package dev.assay.dataplane.http;

import java.io.IOException;

/// Carries a refusal out of a stream or a parser; whoever reads the stream lets it travel, so that
/// nothing of a refused body is kept.
public final class RefusedException extends IOException {
  private final transient S3Error error;

  public RefusedException(S3Error error) {
    super(error.code() + ": " + error.message());
    this.error = error;
  }

  public S3Error error() {
    return error;
  }

  /// A refusal is an answer, not a fault: its stack is of no interest and costs more than the
  /// check.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
