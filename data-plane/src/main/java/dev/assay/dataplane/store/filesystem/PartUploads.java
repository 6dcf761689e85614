package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.PartRequest;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Upload;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Uploads of parts. Parts in order are streamed through the running hash of the whole; those out
/// of order are read once, in the background, when the gap before them closes.
final class PartUploads {
  /// Of one multipart upload at a time; clients use 4 to 64.
  private static final int MAX_IN_UPLOAD = 128;

  private final Engine engine;
  private final Refusals refusals;

  PartUploads(Engine engine) {
    this.engine = engine;
    this.refusals = new Refusals(engine.index());
  }

  Outcome<Upload<Part>> begin(PartRequest request) throws IOException {
    var facts = engine.index().read(sql -> observe(sql, request));
    var verdict = PartAdmission.judge(facts, request.expected().lengthBytes().orElse(0));
    var inFlight = engine.live().count(request.uploadId());
    if (inFlight >= MAX_IN_UPLOAD) {
      verdict =
          Outcome.refused(
              Refusal.Reason.SessionBusy,
              "at most %d parts at a time".formatted(MAX_IN_UPLOAD),
              "more");
    }
    return switch (verdict) {
      case Outcome.Refused<Long>(var refusal) -> {
        if (facts.session().isPresent()) {
          refusals.record(request.uploadId(), refusal);
        }
        yield new Outcome.Refused<>(refusal);
      }
      case Outcome.Done<Long>(var limit) -> Outcome.done(open(request, facts, limit));
    };
  }

  private Upload<Part> open(PartRequest request, PartAdmission.Facts facts, long limit)
      throws IOException {
    var expected = request.expected();
    var lanes =
        new Lanes(
            expected.sha256().map(hex -> Digests.fresh()),
            expected.md5().map(hex -> Digests.md5()),
            engine.prefix(request.uploadId()).startOf(request.number()));
    var blob = Ids.part(engine.newId());
    if (facts.session().isPresent()) {
      engine.progress().begin(request.uploadId());
    }
    return new FileUpload<>(
        engine.live(),
        new Target(blob, request, facts.session().isPresent(), lanes),
        new BlobWriter(engine.root(), engine.hashing(), lanes.all(), blob, expected.lengthBytes()),
        lanes,
        expected,
        limit);
  }

  private PartAdmission.Facts observe(Sql sql, PartRequest request) throws IOException {
    return PartAdmission.observe(
        sql, request.uploadId(), request.key(), request.number(), engine.settings(), engine.now());
  }

  private final class Target implements FileUpload.Target<Part> {
    private final String blobName;
    private final PartRequest request;
    private final boolean inSession;
    private final Lanes lanes;

    Target(String blobName, PartRequest request, boolean inSession, Lanes lanes) {
      this.blobName = blobName;
      this.request = request;
      this.inSession = inSession;
      this.lanes = lanes;
    }

    @Override
    public String group() {
      return request.uploadId();
    }

    @Override
    public Outcome<Part> publish(BlobWriter blob, long sizeBytes, Map<String, String> attributes)
        throws IOException {
      var all = new HashMap<>(request.attributes());
      all.putAll(attributes);
      var md5 = lanes.md5Hex();
      // Opaque to clients; the dash tells them that it is no MD5.
      var etag = md5.orElse(blobName.substring(0, 32) + "-1");
      var row =
          new PartRow(
              new Part(request.number(), sizeBytes, etag, engine.now(), all), blobName, md5);
      blob.publish(blobName);
      var outcome =
          Published.orDropped(
              engine, blobName, List.of(), () -> engine.index().publish(tx -> store(tx, row)));
      if (outcome instanceof Outcome.Done<Part>) {
        hashOn();
      }
      return outcome;
    }

    private Outcome<Part> store(Tx tx, PartRow row) throws IOException {
      var upload = request.uploadId();
      var verdict = PartAdmission.judge(observe(tx.sql(), request), row.part().sizeBytes());
      if (verdict instanceof Outcome.Refused<Long>(var refusal)) {
        return new Outcome.Refused<>(refusal);
      }
      var replaced = MultipartTable.part(tx.sql(), upload, request.number());
      MultipartTable.putPart(tx.sql(), upload, row);
      MultipartTable.touch(tx.sql(), upload, tx.now());
      if (replaced.isPresent()) {
        Removal.drop(engine, tx, List.of(replaced.get().blob()));
      }
      tx.afterwards(() -> extendPrefix(row.blob()));
      return Outcome.done(row.part());
    }

    /// On the writer's thread, so that the running hash sees parts in the order of the index.
    private void extendPrefix(String blob) {
      var prefix = engine.prefix(request.uploadId());
      if (lanes.running().isPresent()) {
        prefix.streamed(request.number(), blob, lanes.running().get());
      } else {
        prefix.replaced(request.number());
      }
    }

    private void hashOn() throws IOException {
      new CatchUp(engine, request.uploadId()).startIfNeeded();
    }

    @Override
    public void refused(Refusal refusal) throws IOException {
      if (inSession) {
        refusals.record(request.uploadId(), refusal);
      }
    }

    @Override
    public void progressed() throws IOException {
      if (inSession) {
        engine.progress().note(request.uploadId(), request.key());
      }
    }
  }
}
