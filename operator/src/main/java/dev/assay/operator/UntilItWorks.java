package dev.assay.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;

/// Retries without end, from half a second, doubling, at most every five minutes: what could not be
/// found out today may be found out tomorrow, and JOSDK's default gives up after five attempts
/// until a new event comes.
public final class UntilItWorks extends GenericRetry {
  private static final int NO_LIMIT = -1;

  public UntilItWorks() {
    setInitialInterval(500);
    setIntervalMultiplier(2);
    setMaxInterval(300_000);
    setMaxAttempts(NO_LIMIT);
  }
}
