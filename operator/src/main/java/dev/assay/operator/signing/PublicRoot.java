package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.operator.OperatorConfiguration;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.SigstoreTufClient;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// The trust root of the public Sigstore, or of the one that the operator's configuration names.
///
/// It is fetched because somebody asks for it, on a thread of its own, and again a day later if it
/// is still asked for then: where no rule needs it, nothing is ever sent. Whoever asks is answered
/// at once with what is known, and woken when that changes.
///
/// While a refresh fails the last good root stays, whatever its metadata's expiry: that bounds how
/// long a *fetching* client may be shown old metadata, and what was taken is always fresh then. A
/// root that vanished with an outage of the mirror would stop every admission and every release in
/// the cluster; that it is old is told instead.
@Singleton
public final class PublicRoot {
  /// The public instance; the library names it only within a client that also wants what signing
  /// needs.
  static final URI PUBLIC_MIRROR = URI.create("https://tuf-repo-cdn.sigstore.dev/");

  static final Duration REFRESHED = Duration.ofHours(24);
  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /// What is known of it.
  public sealed interface Sight {
    record Known(String json) implements Sight {}

    /// @param message why it could not be refreshed
    record Aging(String json, String message) implements Sight {}

    record NotYet(String message) implements Sight {}
  }

  private final TufRepository repository;
  private final URI mirror;
  private final Clock clock;
  private final Set<Runnable> waiting = new CopyOnWriteArraySet<>();
  private Sight sight = new Sight.NotYet("the public Sigstore's trust root is being fetched");
  private Instant due = Instant.MIN;
  private int failures;
  private boolean underWay;

  @Inject
  PublicRoot(OperatorConfiguration configuration, Clock clock) {
    this(configuration.sigstore(), clock);
  }

  public PublicRoot(OperatorConfiguration.Sigstore sigstore, Clock clock) {
    this.mirror = sigstore.tufMirror().map(PublicRoot::http).orElse(PUBLIC_MIRROR);
    this.clock = clock;
    var anchor =
        sigstore
            .tufRoot()
            .map(file -> RootProvider.fromFile(Path.of(file)))
            .orElse(PublicRoot::embedded);
    this.repository = new TufRepository(mirror, anchor, clock);
  }

  /// @throws IllegalArgumentException which ends the process: nobody could do anything later
  private static URI http(String mirror) {
    if (!mirror.startsWith("https://") && !mirror.startsWith("http://")) {
      throw new IllegalArgumentException(
          "assay.sigstore.tuf-mirror: expected an http or https URL, found '%s'".formatted(mirror));
    }
    return URI.create(mirror);
  }

  // The library's own provider asks the thread's class loader, which need not know its jar.
  private static String embedded() throws IOException {
    try (var in =
        SigstoreTufClient.class
            .getClassLoader()
            .getResourceAsStream(SigstoreTufClient.PUBLIC_GOOD_ROOT_RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("sigstore-java carries no root.json");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// Never waits.
  public synchronized Sight ask() {
    if (!underWay && !clock.instant().isBefore(due)) {
      underWay = true;
      Thread.ofVirtual().name("public-root").start(this::fetch);
    }
    return sight;
  }

  void subscribe(Runnable changed) {
    waiting.add(changed);
  }

  void unsubscribe(Runnable changed) {
    waiting.remove(changed);
  }

  private void fetch() {
    TufRepository.Fetched found = new TufRepository.Fetched.Failed("it ended early");
    try {
      found = repository.fetch();
    } finally {
      if (take(found)) {
        waiting.forEach(Runnable::run);
      }
    }
  }

  private synchronized boolean take(TufRepository.Fetched found) {
    underWay = false;
    var was = sight;
    switch (found) {
      case TufRepository.Fetched.Root(var json) -> {
        failures = 0;
        due = clock.instant().plus(REFRESHED);
        sight = new Sight.Known(json);
      }
      case TufRepository.Fetched.Failed(var why) -> {
        due = clock.instant().plus(pause(failures++));
        sight = after(was, why);
      }
    }
    if (was.equals(sight)) {
      return false;
    }
    Log.info(
        switch (sight) {
          case Sight.Known _ -> "the public Sigstore's trust root was fetched from " + mirror;
          case Sight.Aging(var _, var message) -> message;
          case Sight.NotYet(var message) -> message;
        });
    return true;
  }

  private Sight after(Sight was, String why) {
    return switch (was) {
      case Sight.Known(var json) -> new Sight.Aging(json, trouble("refreshed", why));
      case Sight.Aging(var json, var _) -> new Sight.Aging(json, trouble("refreshed", why));
      case Sight.NotYet _ -> new Sight.NotYet(trouble("fetched", why));
    };
  }

  private String trouble(String what, String why) {
    return "the public Sigstore's trust root could not be %s from %s: %s"
        .formatted(what, mirror, why);
  }

  /// @param failures before this one
  static Duration pause(int failures) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
