package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.wire.control.SessionStatus.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a whole object may come in; asked before its first byte with what is known then,
/// and again in the transaction that stores it. The first rule that is broken answers.
final class Admission {
  private Admission() {}

  /// @param sizeBytes announced or received; 0 while unknown
  /// @param sha256 announced or computed; empty while unknown
  /// @param served what the key serves
  /// @param session the session of an `InSession` destination, if there is one
  /// @param duplicateOf another key with the same bytes
  record Facts(
      Destination destination,
      long sizeBytes,
      Optional<String> sha256,
      String mediaType,
      StoreSettings settings,
      Store.Usage usage,
      Optional<VersionRow> served,
      Optional<SessionRow> session,
      Optional<String> duplicateOf,
      Instant now) {}

  static Optional<Refusal> judge(Facts facts) {
    return switch (facts.destination()) {
      case Destination.Internal(var key) -> internal(key, facts);
      case Destination.Key(var key, var precondition) ->
          first(
              () -> key(key),
              () -> precondition(precondition, facts.served()),
              () -> limits(facts, facts.settings().maxObjectSizeBytes(), List.of()),
              () -> immutable(key, facts));
      case Destination.InSession(var id, var key) ->
          facts.session().isEmpty()
              ? refuse(Reason.NoSuchSession, "an open upload session", "no session " + id)
              : inSession(key, facts.session().get(), facts);
    };
  }

  private static Optional<Refusal> internal(String key, Facts facts) {
    if (!key.startsWith(Store.INTERNAL) || tooLong(key)) {
      return refuse(Reason.KeyNotAllowed, "a key below " + Store.INTERNAL, "another or too long");
    }
    if (facts.served().isPresent()) {
      return refuse(Reason.AlreadyExists, "a key that is not there yet", "it exists");
    }
    return size(facts.sizeBytes(), facts.settings().maxObjectSizeBytes());
  }

  private static Optional<Refusal> inSession(String key, SessionRow row, Facts facts) {
    var session = row.session();
    var limit = Math.min(session.maxSizeBytes(), facts.settings().maxObjectSizeBytes());
    return first(
        () -> phase(row, facts.now()),
        () ->
            key.equals(session.key())
                ? Optional.empty()
                : refuse(Reason.WrongKey, "the session's key", "another key in the path"),
        () -> key(key),
        () -> limits(facts, limit, session.allowedMediaTypes()),
        () -> digest(session.sha256(), facts.sha256()),
        () -> immutable(key, facts),
        () ->
            session.rejectDuplicates()
                ? facts
                    .duplicateOf()
                    .flatMap(
                        other -> refuse(Reason.Duplicate, "bytes that are new here", "as " + other))
                : Optional.empty());
  }

  /// Whether a session takes bytes at all.
  static Optional<Refusal> phase(SessionRow row, Instant now) {
    return switch (row.phase(now)) {
      case Phase.Open -> Optional.empty();
      case Phase.Completed ->
          refuse(Reason.SessionCompleted, "one upload", "the session has its version already");
      case Phase.Expired ->
          refuse(Reason.SessionExpired, "before " + row.session().expiresAt(), "at " + now);
    };
  }

  private static Optional<Refusal> key(String key) {
    if (key.isEmpty() || tooLong(key)) {
      return refuse(
          Reason.KeyNotAllowed,
          "a key of 1 to %d bytes".formatted(Store.MAX_KEY_BYTES),
          "%d bytes".formatted(VersionTable.bytes(key).length));
    }
    return key.startsWith(Store.INTERNAL)
        ? refuse(Reason.KeyNotAllowed, "a key outside of " + Store.INTERNAL, "one below it")
        : Optional.empty();
  }

  private static boolean tooLong(String key) {
    return VersionTable.bytes(key).length > Store.MAX_KEY_BYTES;
  }

  private static Optional<Refusal> limits(
      Facts facts, long limitBytes, List<String> sessionMediaTypes) {
    return first(
        () -> size(facts.sizeBytes(), limitBytes),
        () -> mediaType(facts.mediaType(), facts.settings().allowedMediaTypes()),
        () -> mediaType(facts.mediaType(), sessionMediaTypes),
        () -> quota(facts));
  }

  static Optional<Refusal> size(long sizeBytes, long limitBytes) {
    return sizeBytes > limitBytes
        ? refuse(
            Reason.TooLarge,
            "at most %d bytes".formatted(limitBytes),
            "%d bytes".formatted(sizeBytes))
        : Optional.empty();
  }

  private static Optional<Refusal> mediaType(String mediaType, List<String> allowed) {
    return allowed.isEmpty() || allowed.stream().anyMatch(g -> Glob.allowsMediaType(g, mediaType))
        ? Optional.empty()
        : refuse(Reason.MediaTypeNotAllowed, String.join(", ", allowed), mediaType);
  }

  private static Optional<Refusal> quota(Facts facts) {
    if (facts.settings().quota().isEmpty()) {
      return Optional.empty();
    }
    var quota = facts.settings().quota().get();
    // A plain S3 store replaces what the key serves, so its room counts as free.
    var replaced =
        facts.settings().releaseImmediately()
            ? facts.served().filter(VersionRow::replaceable)
            : Optional.<VersionRow>empty();
    var bytes =
        facts.usage().bytes()
            + facts.sizeBytes()
            - replaced.map(row -> row.facts().sizeBytes()).orElse(0L);
    var objects = facts.usage().objects() + (replaced.isPresent() ? 0 : 1);
    return bytes > quota.maxSizeBytes() || objects > quota.maxObjects()
        ? refuse(
            Reason.QuotaExceeded,
            "%d bytes in %d objects".formatted(quota.maxSizeBytes(), quota.maxObjects()),
            "%d bytes in %d objects".formatted(bytes, objects))
        : Optional.empty();
  }

  /// Whether the bytes are those that the session's owner named.
  private static Optional<Refusal> digest(@Nullable String wanted, Optional<String> found) {
    return wanted == null || found.isEmpty() || found.get().equals(wanted)
        ? Optional.empty()
        : refuse(Reason.DigestMismatch, "sha256:" + wanted, "sha256:" + found.get());
  }

  private static Optional<Refusal> immutable(String key, Facts facts) {
    return facts.served().isPresent() && isImmutable(key, facts.settings())
        ? refuse(Reason.Immutable, "a key that is not served yet", "its version is immutable")
        : Optional.empty();
  }

  static boolean isImmutable(String key, StoreSettings settings) {
    return settings.immutableKeys().stream().anyMatch(glob -> Glob.matches(glob, key));
  }

  static Optional<Refusal> precondition(Precondition wanted, Optional<VersionRow> served) {
    return switch (wanted) {
      case Precondition.None() -> Optional.empty();
      case Precondition.Absent() ->
          served.isEmpty()
              ? Optional.empty()
              : refuse(Reason.PreconditionFailed, "no object", "one is served");
      case Precondition.HasEtag(var etag) -> {
        var found = served.map(row -> row.facts().etag()).orElse("no object");
        yield found.equals(etag)
            ? Optional.empty()
            : refuse(Reason.PreconditionFailed, etag, found);
      }
    };
  }

  private interface Rule {
    Optional<Refusal> judge();
  }

  private static Optional<Refusal> first(Rule... rules) {
    for (var rule : rules) {
      var refusal = rule.judge();
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(Reason reason, String expected, String actual) {
    return Optional.of(new Refusal(reason, expected, actual));
  }
}
