package dev.assay.operator.images;

import dev.assay.api.scanpolicy.ImageVerdict.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one look at an image found.
///
/// @param rulesDigest what it was judged by
/// @param attempt which look in a row has found the same state, from 1
public record Look(State state, String message, String rulesDigest, Instant at, int attempt) {
  /// A signature that was withdrawn is found within a day.
  static final Duration VERIFIED_AGAIN = Duration.ofDays(1);

  /// An image is most often signed right after it was pushed.
  static final Duration REFUSED_AGAIN = Duration.ofSeconds(30);

  /// Somebody may be waiting for an answer, and most outages are short.
  static final Duration UNKNOWN_AGAIN = Duration.ofSeconds(5);

  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /// Half of what the schema allows: 500 of them must fit into an object of 1.5 MiB.
  private static final int MOST_CHARACTERS = 512;

  public Look {
    message =
        message.length() <= MOST_CHARACTERS
            ? message
            : message.substring(0, MOST_CHARACTERS - 1) + "…";
  }

  /// The look after `before`.
  static Look after(
      Optional<Look> before, State state, String message, String rulesDigest, Instant at) {
    var again =
        before.filter(b -> b.state() == state && b.rulesDigest().equals(rulesDigest)).isPresent();
    return new Look(
        state, message, rulesDigest, at, again ? before.orElseThrow().attempt() + 1 : 1);
  }

  /// When the next one is due. Being asked for the image ends a long pause.
  Instant next(Optional<Instant> hintedAt) {
    if (state == State.Verified) {
      return at.plus(VERIFIED_AGAIN);
    }
    var first = state == State.Refused ? REFUSED_AGAIN : UNKNOWN_AGAIN;
    var doubled = first.multipliedBy(1L << Math.clamp(attempt - 1L, 0, 20));
    var pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return at.plus(hintedAt.filter(at::isBefore).isPresent() ? first : pause);
  }
}
