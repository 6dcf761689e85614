package dev.assay.scanjob.http;

import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.time.Duration;

/// Tries again what may pass: cut connections, 408, 429 and 5xx. Other answers stand.
///
/// @param pause sleeps; a parameter so that tests need not
public record Attempts(int most, Duration first, Pause pause) {
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  public interface Try<T> {
    Outcome<T> run(int attempt) throws IOException, StepFailure, InterruptedException;
  }

  /// How one attempt ended.
  public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    /// @param what for people, without the URL
    record Transient<T>(String what) implements Outcome<T> {}
  }

  /// Five attempts with 1, 2, 4 and 8 s between: a data plane's restart takes about ten seconds.
  public static Attempts standard() {
    return new Attempts(5, Duration.ofSeconds(1), Thread::sleep);
  }

  /// @param reason of the failure when no attempt succeeds
  public <T> T run(String reason, Try<T> action) throws StepFailure, InterruptedException {
    var last = "";
    for (int attempt = 1; attempt <= most; attempt++) {
      if (attempt > 1) {
        pause.of(first.multipliedBy(1L << (attempt - 2)));
      }
      try {
        switch (action.run(attempt)) {
          case Outcome.Done<T>(var value) -> {
            return value;
          }
          case Outcome.Transient<T>(var what) -> last = what;
        }
      } catch (IOException e) {
        last =
            "connection failed ("
                + e.getClass().getSimpleName()
                + ")"; // no message: it may hold the URL
      }
    }
    throw new StepFailure(reason, "gave up after " + most + " attempts; the last: " + last);
  }

  public static boolean isTransient(int status) {
    return status == 408 || status == 429 || status >= 500;
  }
}
