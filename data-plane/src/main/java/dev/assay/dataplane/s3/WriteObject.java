package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.UploadRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// PUT and DELETE of an object.
final class WriteObject {
  private final Store store;
  private final Uploads uploads;

  WriteObject(Store store, Uploads uploads) {
    this.store = store;
    this.uploads = uploads;
  }

  Answer put(Call call) throws IOException, InterruptedException {
    UploadHeaders.check(call.headers());
    var body = Incoming.of(call.request(), call.payload());
    var request =
        new UploadRequest(
            destination(call),
            UploadHeaders.mediaType(call.headers()),
            Metadata.read(call.headers()),
            UploadHeaders.kept(call.headers()),
            call.uploader(),
            body.expected());
    var received = uploads.receive(call.request(), body, () -> store.begin(request));
    var stored = received.stored().stored();
    var headers = new HashMap<String, String>();
    headers.put("ETag", "\"" + stored.etag() + "\"");
    headers.put("x-amz-version-id", stored.versionId());
    ObjectHeaders.addChecksums(received.attributes(), headers);
    return Answer.empty(200, headers);
  }

  private static Destination destination(Call call) throws RefusedException {
    var session = call.query().value(Call.SESSION);
    if (session.isPresent()) {
      return new Destination.InSession(session.get(), call.key());
    }
    return call.key().startsWith(Store.INTERNAL)
        ? new Destination.Internal(call.key())
        : new Destination.Key(call.key(), precondition(call));
  }

  static Precondition precondition(Call call) throws RefusedException {
    var match = call.headers().value("if-match").map(Conditions::unquoted);
    var noneMatch = call.headers().value("if-none-match");
    if (noneMatch.isPresent() && (match.isPresent() || !noneMatch.get().equals("*"))) {
      throw S3Error.of(
              501, "NotImplemented", "A write takes If-None-Match: * or If-Match with one ETag.")
          .exception();
    }
    if (noneMatch.isPresent()) {
      return new Precondition.Absent();
    }
    return match.<Precondition>map(Precondition.HasEtag::new).orElse(Precondition.NONE);
  }

  Answer delete(Call call) throws IOException {
    new Deletion(call.key(), call.query().value("versionId"), precondition(call)).from(store);
    return Answer.empty(204, Map.of());
  }
}
