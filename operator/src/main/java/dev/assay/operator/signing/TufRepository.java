package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.policy.signature.TrustRoot;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.RoleExpiredException;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import dev.sigstore.tuf.model.TufMeta;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/// A Sigstore's `trusted_root.json`, read by TUF (specification 1.0, 5.3 to 5.7) from a mirror that
/// need not be trusted. Not for two threads at a time.
final class TufRepository {
  private static final String TARGET = "trusted_root.json";

  private final URI mirror;
  private final RootProvider anchor;
  private final Clock clock;
  private final HttpClient client = TufMirror.client();
  private TufMemory memory = new TufMemory();

  /// @param anchor the `root.json` that is trusted before anything was read
  TufRepository(URI mirror, RootProvider anchor, Clock clock) {
    this.mirror = mirror;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// What became of a look.
  sealed interface Fetched {
    /// @param json verified, and of use
    record Root(String json) implements Fetched {}

    /// Nothing of what was read is kept.
    ///
    /// @param message names file and check, and is the same for the same trouble
    record Failed(String message) implements Fetched {}
  }

  Fetched fetch() {
    var next = memory.copy();
    var metadata = new TufMirror(mirror, client);
    var targets = metadata.below("targets");
    try {
      var json = update(next, metadata, targets);
      if (TrustRoot.read(json) instanceof TrustRoot.Read.Unusable(var why)) {
        return new Fetched.Failed(why);
      }
      memory = next;
      return new Fetched.Root(json);
    } catch (IOException | JsonParseException | RuntimeException e) {
      // The library's own failures, and those of its parsers, are unchecked.
      var file = targets.asked().isEmpty() ? metadata.asked() : targets.asked();
      return new Fetched.Failed(TufTrouble.sentence(file, e));
    }
  }

  private String update(TufMemory next, TufMirror metadata, TufMirror targets)
      throws IOException, JsonParseException {
    var known = TrustedMetaStore.newTrustedMetaStore(next);
    var updater =
        Updater.builder()
            .setClock(clock)
            .setTrustedRootPath(anchor)
            .setTrustedMetaStore(known)
            .setTargetStore(next)
            .setMetaFetcher(MetaFetcher.newFetcher(metadata))
            .setTargetFetcher(targets)
            .build();
    updater.updateMeta();
    refuseExpired(
        known.getRoot().getSignedMeta(),
        known.findTimestamp().orElseThrow().getSignedMeta(),
        known.findSnapshot().orElseThrow().getSignedMeta(),
        known.findTargets().orElseThrow().getSignedMeta());
    updater.downloadTarget(TARGET);
    return new String(next.readTarget(TARGET), UTF_8);
  }

  // The library looks at the expiry of what is new only: a mirror that always answers the same
  // would keep everybody at it for ever.
  private void refuseExpired(TufMeta... all) {
    var now = clock.instant().atZone(ZoneOffset.UTC);
    for (var metadata : List.of(all)) {
      if (metadata.getExpiresAsDate().isBefore(now)) {
        throw new RoleExpiredException(mirror.toString(), now, metadata.getExpiresAsDate());
      }
    }
  }
}
