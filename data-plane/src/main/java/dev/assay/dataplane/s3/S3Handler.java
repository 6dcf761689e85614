package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.Handler;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.settings.InForce;
import dev.assay.dataplane.sigv4.Caller;
import dev.assay.dataplane.sigv4.Verifier;
import dev.assay.dataplane.store.DiskFullException;
import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The S3 port: parse, authenticate, authorise, then do. Nothing of the store is touched before the
/// signature and the role allow it.
public final class S3Handler implements Handler {
  private final Store store;
  private final Supplier<InForce> settings;
  private final Clock clock;
  private final Instant started;
  private final Requests observer;
  private final ReadObject reading;
  private final WriteObject writing;
  private final MultipartUploads multipart;
  private final CompleteUpload completion;
  private final Listings listings;
  private final DeleteMany deleteMany;

  /// Hears of every request's end.
  @FunctionalInterface
  public interface Requests {
    void ended(Request request, int status, long bytesSent);
  }

  public S3Handler(
      Store store, Uploads uploads, Supplier<InForce> settings, Clock clock, Requests observer) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.started = clock.instant();
    this.observer = observer;
    this.reading = new ReadObject(store);
    this.writing = new WriteObject(store, uploads);
    this.multipart = new MultipartUploads(store, uploads);
    this.completion = new CompleteUpload(store);
    this.listings = new Listings(store);
    this.deleteMany = new DeleteMany(store);
  }

  @Override
  public Answer answer(Request request) throws IOException, InterruptedException {
    try {
      var answer = perform(admit(request));
      return answer.with(Errors.idHeaders(request.head().id()));
    } catch (DiskFullException e) {
      throw S3Error.of(
              507, "InsufficientStorage", "There is no room left for the bytes of this request.")
          .exception();
    }
  }

  private Call admit(Request request) throws IOException {
    var head = request.head();
    var target = Target.parse(head.path());
    var operation = Operation.of(head, target);
    request.label(operation.name());
    var now = settings.get();
    var configuration = now.configuration();
    var authenticated =
        Verifier.verify(head, now.secrets(), configuration.region(), clock.instant());
    var role =
        authenticated.caller() instanceof Caller.Key(var id, _)
            ? now.role(id)
            : Optional.<Role>empty();
    var key = target instanceof Target.OfObject(_, var named) ? named : "";
    var call =
        new Call(
            request, operation, key, authenticated.caller(), role, authenticated.payload(), now);
    checkBuilt(call);
    checkAccess(call);
    checkBucket(target, call);
    return call;
  }

  private static void checkBuilt(Call call) throws RefusedException {
    if (call.operation() == Operation.NotImplemented) {
      throw S3Error.of(
              501,
              "NotImplemented",
              "A header or query parameter you provided implies functionality that is not"
                  + " implemented.")
          .exception();
    }
    if (call.operation() == Operation.MethodNotAllowed) {
      throw S3Error.of(
              405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
          .with("Method", call.request().head().method())
          .exception();
    }
  }

  private void checkAccess(Call call) throws IOException {
    var open = call.settings().configuration().anonymousRead();
    var who =
        call.role()
            .<Access.Who>map(Access.Who.Holder::new)
            .orElseGet(
                () -> new Access.Who.Nobody(open && call.caller() instanceof Caller.Anonymous));
    var asked =
        new Access.Asked(
            call.operation(),
            call.key(),
            inSession(call),
            call.query().value("versionId").filter(id -> !id.equals("null")).isPresent());
    if (!Access.allows(who, asked)) {
      throw S3Error.accessDenied("Access Denied").exception();
    }
  }

  private boolean inSession(Call call) throws IOException {
    if (call.operation() == Operation.PutObject) {
      return call.query().has(Call.SESSION);
    }
    var uploadId = call.query().value("uploadId");
    return uploadId.isPresent() && store.session(uploadId.get()).isPresent();
  }

  private static void checkBucket(Target target, Call call) throws RefusedException {
    var named =
        switch (target) {
          case Target.Service() -> call.bucket();
          case Target.OfBucket(var bucket) -> bucket;
          case Target.OfObject(var bucket, _) -> bucket;
        };
    if (!named.equals(call.bucket())) {
      throw S3Error.of(404, "NoSuchBucket", "The specified bucket does not exist")
          .with("BucketName", named)
          .exception();
    }
  }

  private Answer perform(Call call) throws IOException, InterruptedException {
    return switch (call.operation()) {
      case GetObject, HeadObject -> reading.answer(call);
      case PutObject -> writing.put(call);
      case DeleteObject -> writing.delete(call);
      case DeleteObjects -> deleteMany.answer(call);
      case CreateMultipartUpload -> multipart.create(call);
      case UploadPart -> multipart.part(call);
      case CompleteMultipartUpload -> completion.answer(call);
      case AbortMultipartUpload -> multipart.abort(call);
      case ListParts -> multipart.listParts(call);
      case ListMultipartUploads -> multipart.list(call);
      case ListObjects -> listings.v1(call);
      case ListObjectsV2 -> listings.v2(call);
      case ListObjectVersions -> listings.versions(call);
      case ListBuckets -> BucketAnswers.list(call, started);
      case HeadBucket -> BucketAnswers.head(call);
      case GetBucketLocation -> BucketAnswers.location(call);
      case GetBucketVersioning -> BucketAnswers.versioning();
      case CreateBucket -> throw BucketAnswers.exists(call).exception();
      case NotImplemented, MethodNotAllowed ->
          throw new IllegalStateException("refused before: " + call.operation());
    };
  }

  @Override
  public Answer.Bytes refusal(S3Error error, String requestId, String resource) {
    return Errors.answer(error, requestId, resource);
  }

  @Override
  public void ended(Request request, int status, long bytesSent) {
    observer.ended(request, status, bytesSent);
  }
}
