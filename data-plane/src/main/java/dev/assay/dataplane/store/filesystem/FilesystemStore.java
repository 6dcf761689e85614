package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.DeleteOutcome;
import dev.assay.dataplane.store.FeedAnswer;
import dev.assay.dataplane.store.ListPage;
import dev.assay.dataplane.store.ListQuery;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Multipart;
import dev.assay.dataplane.store.MultipartRequest;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.PartRequest;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.StateOutcome;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.dataplane.store.Upload;
import dev.assay.dataplane.store.UploadRequest;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionPage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A {@link Store} in a directory (decision 9; layout and figures in
/// docs/adr/0003-store-layout.md).
public final class FilesystemStore implements Store {
  private final Engine engine;
  private final String startReport;

  private FilesystemStore(Engine engine, String startReport) {
    this.engine = engine;
    this.startReport = startReport;
  }

  /// Takes a root, makes it if need be, and brings it to order.
  ///
  /// @throws IOException with a sentence for people when the root is in use, another bucket's, or
  ///   cannot be written
  public static FilesystemStore open(
      Path directory, BucketIdentity identity, StoreSettings settings, Clock clock)
      throws IOException {
    return open(Root.open(directory, identity), settings, clock);
  }

  static FilesystemStore open(Root root, StoreSettings settings, Clock clock) throws IOException {
    try {
      var report = new Startup(root, settings, clock).run();
      var engine = Engine.of(root, new Index(root, clock), settings, clock);
      return new FilesystemStore(engine, describe(report, root));
    } catch (IOException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private static String describe(Startup.Report report, Root root) {
    var index =
        report.rebuiltVersions() < 0
            ? "index found whole"
            : "index made from %d trailers".formatted(report.rebuiltVersions());
    var large = root.directWrites().possible() ? "past" : "through";
    return "%s, %d unknown blobs swept, large uploads go %s the page cache"
        .formatted(index, report.sweptBlobs(), large);
  }

  /// One line for the log: whether the index was rebuilt, what was swept, how it writes.
  public String startReport() {
    return startReport;
  }

  @Override
  public void configure(StoreSettings settings) {
    engine.current().set(settings);
  }

  @Override
  public Outcome<Upload<Version>> begin(UploadRequest request) throws IOException {
    return new ObjectUploads(engine).begin(request);
  }

  @Override
  public Outcome<Multipart> createMultipart(MultipartRequest request) throws IOException {
    return new Multiparts(engine).create(request);
  }

  @Override
  public Outcome<Upload<Part>> beginPart(PartRequest request) throws IOException {
    return new PartUploads(engine).begin(request);
  }

  @Override
  public Optional<Multipart> multipart(String uploadId) throws IOException {
    return new Multiparts(engine).find(uploadId);
  }

  @Override
  public List<Part> parts(String uploadId, int afterNumber, int limit) throws IOException {
    return new Multiparts(engine).parts(uploadId, afterNumber, limit);
  }

  @Override
  public List<Multipart> multiparts(String prefix, String afterKey, String afterId, int limit)
      throws IOException {
    return new Multiparts(engine).open(prefix, afterKey, afterId, limit);
  }

  @Override
  public Outcome<Version> complete(CompleteRequest request) throws IOException {
    return new Completion(engine).complete(request);
  }

  @Override
  public boolean abortMultipart(String uploadId) throws IOException {
    return new Multiparts(engine).abort(uploadId);
  }

  @Override
  public Lookup served(String key) throws IOException {
    return new Versions(engine).served(key);
  }

  @Override
  public Lookup version(String versionId, Purpose purpose) throws IOException {
    return new Versions(engine).version(versionId, purpose);
  }

  @Override
  public Optional<Version> describe(String versionId) throws IOException {
    return engine.index().read(sql -> VersionTable.byId(sql, versionId)).map(VersionRow::version);
  }

  @Override
  public ListPage list(ListQuery query) throws IOException {
    return engine
        .index()
        .read(
            sql -> Listing.page(query, (from, limit) -> VersionTable.servedFrom(sql, from, limit)));
  }

  @Override
  public VersionPage versions(String prefix, @Nullable String after, int limit) throws IOException {
    return new Versions(engine).page(prefix, after, limit);
  }

  @Override
  public List<StoredVersion> withDigest(String sha256) throws IOException {
    return engine.index().read(sql -> VersionTable.withDigest(sql, sha256)).stream()
        .map(VersionRow::stored)
        .toList();
  }

  @Override
  public StateOutcome change(String versionId, StateChange change) throws IOException {
    return new Versions(engine).change(versionId, change);
  }

  @Override
  public DeleteOutcome deleteServed(String key, Precondition precondition) throws IOException {
    return new Versions(engine).deleteServed(key, precondition);
  }

  @Override
  public boolean deleteVersion(String versionId) throws IOException {
    return new Versions(engine).delete(versionId);
  }

  @Override
  public int deleteInternal(String prefix) throws IOException {
    return new Versions(engine).deleteInternal(prefix);
  }

  @Override
  public SessionStatus openSession(UploadSession session) throws IOException {
    return new Sessions(engine).open(session);
  }

  @Override
  public Optional<SessionStatus> session(String id) throws IOException {
    return new Sessions(engine).status(id);
  }

  @Override
  public void closeSession(String id) throws IOException {
    new Sessions(engine).close(id);
  }

  @Override
  public FeedAnswer changes(@Nullable String cursor, Duration wait, int limit)
      throws IOException, InterruptedException {
    return new ChangeFeed(engine.index()).read(cursor, wait, limit);
  }

  @Override
  public Usage usage() throws IOException {
    return engine.index().read(VersionTable::usage);
  }

  @Override
  public String epoch() {
    return engine.index().epoch();
  }

  @Override
  public void sweep(Instant now) throws IOException {
    new Sweeper(engine).sweep(now);
  }

  @Override
  public void close() throws IOException {
    engine.live().close();
    engine.readings().cutAll();
    engine.hashing().close();
    engine.index().close();
    engine.root().close();
  }
}
