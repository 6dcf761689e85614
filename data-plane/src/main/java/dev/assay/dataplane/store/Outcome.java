package dev.assay.dataplane.store;

/// What was asked for, or why not.
public sealed interface Outcome<T> {
  record Done<T>(T value) implements Outcome<T> {}

  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal.Reason reason, String expected, String actual) {
    return new Refused<>(new Refusal(reason, expected, actual));
  }
}
