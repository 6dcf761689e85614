package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Upload;
import dev.assay.dataplane.store.UploadRequest;
import dev.assay.dataplane.store.Version;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whole-object uploads: plain PUTs, PUTs into a session, internal objects.
final class ObjectUploads {
  /// Up to here the ETag is the MD5, as tools expect of a single PUT; above, computing it would
  /// halve the speed of an upload, so it is computed only for a client that sends Content-MD5, and
  /// the ETag is otherwise made from the SHA-256 with a dash, which clients know as "not an MD5"
  /// (docs/adr/0003-store-layout.md has the figures).
  static final long MD5_UP_TO_BYTES = 16L << 20;

  /// A client that tries again must not wait for its broken attempt to time out; more than a few
  /// are no retries.
  private static final int MAX_IN_SESSION = 4;

  private final Engine engine;
  private final VersionCommit versions;
  private final Refusals refusals;

  ObjectUploads(Engine engine) {
    this.engine = engine;
    this.versions = new VersionCommit(engine);
    this.refusals = new Refusals(engine.index());
  }

  Outcome<Upload<Version>> begin(UploadRequest asked) throws IOException {
    var request = inSession(asked);
    var destination = request.destination();
    var size = request.expected().lengthBytes().orElse(0);
    var refusal =
        versions.judge(destination, size, request.expected().sha256(), request.mediaType());
    if (refusal.isEmpty() && destination instanceof Destination.InSession(var id, var key)) {
      refusal = busy(id);
      engine.progress().begin(id);
    }
    if (refusal.isPresent()) {
      refused(destination, refusal.get());
      return new Outcome.Refused<>(refusal.get());
    }
    var id = engine.newId();
    var lanes =
        new Lanes(
            Optional.of(Digests.fresh()),
            wantsMd5(request.expected()) ? Optional.of(Digests.md5()) : Optional.empty(),
            Optional.empty());
    var blob =
        new BlobWriter(
            engine.root(), engine.hashing(), lanes.all(), id, request.expected().lengthBytes());
    return Outcome.done(
        new FileUpload<>(
            engine.live(),
            new Target(id, request, lanes),
            blob,
            lanes,
            request.expected(),
            limit(destination)));
  }

  private Optional<Refusal> busy(String session) {
    var inFlight = engine.live().count(session);
    return inFlight < MAX_IN_SESSION
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Refusal.Reason.SessionBusy,
                "at most %d uploads at a time".formatted(MAX_IN_SESSION),
                "%d in flight".formatted(inFlight)));
  }

  /// In a session its owner says what type and metadata the bytes have.
  private UploadRequest inSession(UploadRequest asked) throws IOException {
    if (!(asked.destination() instanceof Destination.InSession(var id, var key))) {
      return asked;
    }
    return engine
        .index()
        .read(sql -> SessionTable.byId(sql, id))
        .map(row ->
            new UploadRequest(
                asked.destination(),
                row.session().mediaType() == null ? asked.mediaType() : row.session().mediaType(),
                row.session().metadata(),
                asked.attributes(),
                asked.uploader(),
                asked.expected()))
        .orElse(asked);
  }

  private long limit(Destination destination) throws IOException {
    var limit = engine.settings().maxObjectSizeBytes();
    if (destination instanceof Destination.InSession(var id, var key)) {
      var row = engine.index().read(sql -> SessionTable.byId(sql, id));
      return Math.min(limit, row.map(r -> r.session().maxSizeBytes()).orElse(0L));
    }
    return limit;
  }

  private static boolean wantsMd5(Expected expected) {
    return expected.md5().isPresent()
        || expected.lengthBytes().orElse(Long.MAX_VALUE) <= MD5_UP_TO_BYTES;
  }

  private void refused(Destination destination, Refusal refusal) throws IOException {
    if (destination instanceof Destination.InSession(var session, var key)) {
      refusals.record(session, refusal);
    }
  }

  private final class Target implements FileUpload.Target<Version> {
    private final String id;
    private final UploadRequest request;
    private final Lanes lanes;

    Target(String id, UploadRequest request, Lanes lanes) {
      this.id = id;
      this.request = request;
      this.lanes = lanes;
    }

    @Override
    public String group() {
      return request.destination() instanceof Destination.InSession(var session, var key)
          ? session
          : "";
    }

    @Override
    public Outcome<Version> publish(BlobWriter blob, long sizeBytes, Map<String, String> attributes)
        throws IOException {
      var facts = facts(sizeBytes, attributes);
      var destination = request.destination();
      if (destination instanceof Destination.InSession) {
        // Wrong bytes are known before they cost a sync.
        var refusal =
            versions.judge(
                destination, sizeBytes, Optional.of(facts.sha256()), request.mediaType());
        if (refusal.isPresent()) {
          return new Outcome.Refused<>(refusal.get());
        }
      }
      var links = SameBytes.link(engine, facts);
      var extents = links.isEmpty() ? List.of(new BlobExtent(id, sizeBytes)) : links;
      if (links.isEmpty()) {
        blob.append(new Trailer(facts, extents).encode());
        blob.publish(id);
      } else {
        Published.trailerAlone(engine, facts, links);
      }
      return Published.orDropped(
          engine,
          id,
          links,
          () -> engine.index().publish(tx -> versions.store(tx, facts, extents, destination)));
    }

    private VersionFacts facts(long sizeBytes, Map<String, String> attributes) {
      var sha256 = lanes.sha256Hex().orElseThrow();
      var all = new HashMap<>(request.attributes());
      all.putAll(attributes);
      return new VersionFacts(
          request.destination().key(),
          id,
          sizeBytes,
          sha256,
          lanes.md5Hex().orElse(sha256.substring(0, 32) + "-1"),
          request.mediaType(),
          request.metadata(),
          all,
          engine.now(),
          request.uploader(),
          request.destination() instanceof Destination.InSession(var session, var key)
              ? session
              : null);
    }

    @Override
    public void refused(Refusal refusal) throws IOException {
      ObjectUploads.this.refused(request.destination(), refusal);
    }

    @Override
    public void progressed() throws IOException {
      if (request.destination() instanceof Destination.InSession(var session, var key)) {
        engine.progress().note(session, key);
      }
    }
  }
}
