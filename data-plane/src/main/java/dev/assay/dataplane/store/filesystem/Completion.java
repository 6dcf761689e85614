package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.Version;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes the parts of a multipart upload one version: a small blob with a trailer that lists them.
final class Completion {
  private final Engine engine;
  private final VersionCommit versions;
  private final Refusals refusals;

  Completion(Engine engine) {
    this.engine = engine;
    this.versions = new VersionCommit(engine);
    this.refusals = new Refusals(engine.index());
  }

  /// What the upload says of the object that it becomes.
  private record Plan(
      Destination destination,
      String mediaType,
      Map<String, String> metadata,
      Map<String, String> attributes,
      OptionalLong partSizeBytes) {}

  private sealed interface Start {
    record Ready(Plan plan, List<PartRow> parts) implements Start {}

    record Answered(Outcome<Version> outcome) implements Start {}
  }

  Outcome<Version> complete(CompleteRequest request) throws IOException {
    var start =
        engine
            .readings()
            .searching(() -> {
              var found = engine.index().read(sql -> start(sql, request));
              if (found instanceof Start.Ready(var plan, var parts)) {
                engine.readings().pin(extents(parts));
              }
              return found;
            });
    return switch (start) {
      case Start.Answered(var outcome) -> told(request, outcome);
      case Start.Ready(var plan, var parts) -> {
        try {
          yield told(request, assemble(request, plan, parts));
        } finally {
          engine.readings().unpin(extents(parts));
        }
      }
    };
  }

  private Outcome<Version> told(CompleteRequest request, Outcome<Version> outcome)
      throws IOException {
    if (outcome instanceof Outcome.Refused<Version>(var refusal)) {
      refusals.record(request.uploadId(), refusal);
    }
    return outcome;
  }

  private Start start(Sql sql, CompleteRequest request) throws IOException {
    var id = request.uploadId();
    var plain = MultipartTable.byId(sql, id);
    var session = SessionTable.byId(sql, id).filter(row -> row.session().multipart() != null);
    if (plain.isEmpty() && session.isEmpty()) {
      return noSuchUpload(id);
    }
    var key =
        plain
            .map(row -> row.request().key())
            .or(() -> session.map(row -> row.session().key()))
            .orElseThrow();
    if (!key.equals(request.key())) {
      return new Start.Answered(
          Outcome.refused(Reason.WrongKey, "the upload's key", "another key in the path"));
    }
    var before = plain.flatMap(MultipartRow::versionId).or(() -> completedBy(session));
    if (before.isPresent()) {
      return VersionTable.byId(sql, before.get())
          .<Start>map(row -> new Start.Answered(Outcome.done(row.version())))
          .orElseGet(() -> noSuchUpload(id));
    }
    var plan =
        plain.map(row -> plan(row, request)).or(() -> session.map(r -> plan(r))).orElseThrow();
    return switch (Assembly.choose(
        MultipartTable.parts(sql, id), request.parts(), plan.partSizeBytes())) {
      case Outcome.Done<List<PartRow>>(var parts) -> new Start.Ready(plan, parts);
      case Outcome.Refused<List<PartRow>>(var refusal) ->
          new Start.Answered(new Outcome.Refused<>(refusal));
    };
  }

  private static Optional<String> completedBy(Optional<SessionRow> session) {
    return session.flatMap(SessionRow::completed).map(version -> version.versionId());
  }

  private static Start noSuchUpload(String id) {
    return new Start.Answered(
        Outcome.refused(Reason.NoSuchUpload, "a multipart upload", "no upload " + id));
  }

  private static Plan plan(MultipartRow row, CompleteRequest request) {
    var asked = row.request();
    return new Plan(
        new Destination.Key(asked.key(), request.precondition()),
        asked.mediaType(),
        asked.metadata(),
        asked.attributes(),
        OptionalLong.empty());
  }

  private static Plan plan(SessionRow row) {
    var session = row.session();
    var multipart = session.multipart();
    return new Plan(
        new Destination.InSession(session.id(), session.key()),
        session.mediaType() == null ? "application/octet-stream" : session.mediaType(),
        session.metadata(),
        Map.of(),
        multipart == null ? OptionalLong.empty() : OptionalLong.of(multipart.partSizeBytes()));
  }

  private Outcome<Version> assemble(CompleteRequest request, Plan plan, List<PartRow> parts)
      throws IOException {
    var extents = extents(parts);
    var sha256 =
        engine
            .prefix(request.uploadId())
            .digestOf(
                extents,
                (extent, digest) ->
                    Hashing.read(engine.root().blob(extent.blob()), extent.lengthBytes(), digest));
    var size = extents.stream().mapToLong(BlobExtent::lengthBytes).sum();
    // The MD5 of the whole is never known.
    var wanted =
        new Expected(
            request.expected().lengthBytes(), request.expected().sha256(), Optional.empty());
    var refusal = Checks.judge(wanted, size, Optional.of(sha256), Optional.empty());
    if (refusal.isEmpty()) {
      refusal = versions.judge(plan.destination(), size, Optional.of(sha256), plan.mediaType());
    }
    // A session that was completed meanwhile is judged in the transaction, which answers its
    // version.
    if (refusal.filter(r -> r.reason() != Reason.SessionCompleted).isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    return publish(request, plan, parts, facts(request, plan, parts, size, sha256));
  }

  private VersionFacts facts(
      CompleteRequest request, Plan plan, List<PartRow> parts, long size, String sha256) {
    var attributes = new HashMap<>(plan.attributes());
    attributes.putAll(request.attributes());
    return new VersionFacts(
        request.key(),
        engine.newId(),
        size,
        sha256,
        Assembly.etag(parts, sha256),
        plan.mediaType(),
        plan.metadata(),
        attributes,
        engine.now(),
        request.uploader(),
        plan.destination() instanceof Destination.InSession(var session, var key) ? session : null);
  }

  private Outcome<Version> publish(
      CompleteRequest request, Plan plan, List<PartRow> parts, VersionFacts facts)
      throws IOException {
    var links = SameBytes.link(engine, facts);
    var extents = links.isEmpty() ? extents(parts) : links;
    Published.trailerAlone(engine, facts, extents);
    var outcome =
        Published.orDropped(
            engine,
            facts.versionId(),
            links,
            () -> engine.index().publish(tx -> store(tx, request, plan, parts, facts, extents)));
    if (outcome instanceof Outcome.Done<Version>(var version)
        && !version.stored().versionId().equals(facts.versionId())) {
      engine.readings().doom(List.of(facts.versionId())); // another completion was first
      SameBytes.drop(engine, links);
    }
    return outcome;
  }

  private Outcome<Version> store(
      Tx tx,
      CompleteRequest request,
      Plan plan,
      List<PartRow> parts,
      VersionFacts facts,
      List<BlobExtent> extents)
      throws IOException {
    // Once more: a part may have been replaced, or the upload completed or aborted, meanwhile.
    return switch (start(tx.sql(), request)) {
      case Start.Answered(var outcome) -> outcome;
      case Start.Ready(var samePlan, var now) -> {
        if (!now.equals(parts)) {
          yield refusedParts();
        }
        var outcome = versions.store(tx, facts, extents, plan.destination());
        if (outcome instanceof Outcome.Done<Version>) {
          MultipartTable.complete(tx.sql(), request.uploadId(), facts.versionId(), tx.now());
          Removal.dropParts(engine, tx, request.uploadId());
        }
        yield outcome;
      }
    };
  }

  private static Outcome<Version> refusedParts() {
    return new Outcome.Refused<>(
        new Refusal(Reason.InvalidPart, "the parts that were listed", "a part was replaced"));
  }

  private static List<BlobExtent> extents(List<PartRow> parts) {
    return parts.stream().map(PartRow::extent).toList();
  }
}
