package dev.assay.operator.images.registry;

import java.io.IOException;
import java.time.Duration;

/// When all that is done for one image must have ended.
///
/// @param nanos on `System.nanoTime`'s scale, which no clock's correction moves
record Deadline(long nanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// What is left of it, never nothing.
  Duration left() throws IOException {
    var left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new IOException("the registry took too long");
    }
    return Duration.ofNanos(left);
  }
}
