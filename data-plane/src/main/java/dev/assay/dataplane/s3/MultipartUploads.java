package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.store.Multipart;
import dev.assay.dataplane.store.MultipartRequest;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.PartRequest;
import dev.assay.dataplane.store.Store;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Multipart uploads but for their completion.
final class MultipartUploads {
  static final String ALGORITHM = "checksum-algorithm";
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_PARTS = 10_000;

  private final Store store;
  private final Uploads uploads;

  MultipartUploads(Store store, Uploads uploads) {
    this.store = store;
    this.uploads = uploads;
  }

  Answer create(Call call) throws IOException {
    UploadHeaders.check(call.headers());
    var attributes = new HashMap<>(UploadHeaders.kept(call.headers()));
    var headers = new HashMap<String, String>();
    var algorithm = call.headers().value("x-amz-checksum-algorithm");
    if (algorithm.isPresent()) {
      var known =
          Algorithm.named(algorithm.get())
              .orElseThrow(() ->
                  S3Error.invalidRequest("Checksum algorithm provided is unsupported.")
                      .exception());
      var type = checksumType(call, known);
      attributes.put(ALGORITHM, known.name());
      attributes.put(Incoming.CHECKSUM_TYPE, type);
      headers.put("x-amz-checksum-algorithm", known.name());
      headers.put("x-amz-checksum-type", type);
    }
    var created =
        Refusals.orRefuse(
            store.createMultipart(
                new MultipartRequest(
                    call.key(),
                    UploadHeaders.mediaType(call.headers()),
                    Metadata.read(call.headers()),
                    attributes,
                    call.uploader())),
            false);
    var xml =
        Xml.document("InitiateMultipartUploadResult")
            .element("Bucket", call.bucket())
            .element("Key", call.key())
            .element("UploadId", created.uploadId());
    return Replies.xml(xml, headers);
  }

  /// The table of S3's "Checking object integrity": CRC64NVME joins, the SHAs are composed.
  private static String checksumType(Call call, Algorithm algorithm) throws RefusedException {
    var natural = algorithm == Algorithm.CRC64NVME ? "FULL_OBJECT" : "COMPOSITE";
    var type = call.headers().value("x-amz-checksum-type").orElse(natural);
    var fits =
        switch (type) {
          case "FULL_OBJECT" -> algorithm.isCrc();
          case "COMPOSITE" -> algorithm != Algorithm.CRC64NVME;
          default -> false;
        };
    if (!fits) {
      throw S3Error.invalidRequest(
              "The %s checksum type cannot be used with the %s checksum algorithm."
                  .formatted(type, algorithm))
          .exception();
    }
    return type;
  }

  Answer part(Call call) throws IOException, InterruptedException {
    var number = call.number("partNumber", -1, 1, MAX_PARTS);
    if (number < 0) {
      throw S3Error.invalidArgument("partNumber", "", "The parameter partNumber is missing.")
          .exception();
    }
    var uploadId = call.require("uploadId");
    var body = Incoming.of(call.request(), call.payload());
    var request =
        new PartRequest(uploadId, call.key(), number, call.uploader(), Map.of(), body.expected());
    var received = uploads.receive(call.request(), body, () -> store.beginPart(request));
    var headers = new HashMap<String, String>();
    headers.put("ETag", "\"" + received.stored().etag() + "\"");
    ObjectHeaders.addChecksums(received.attributes(), headers);
    headers.remove("x-amz-checksum-type");
    return Answer.empty(200, headers);
  }

  Answer abort(Call call) throws IOException {
    var uploadId = call.require("uploadId");
    var open = store.multipart(uploadId).filter(upload -> upload.key().equals(call.key()));
    if (open.isEmpty() || !store.abortMultipart(uploadId)) {
      throw Refusals.noSuchUpload().exception();
    }
    return Answer.empty(204, Map.of());
  }

  Answer listParts(Call call) throws IOException {
    var upload = open(call);
    var after = call.number("part-number-marker", 0, 0, MAX_PARTS);
    var limit = call.number("max-parts", MAX_PAGE, 0, Integer.MAX_VALUE - 1);
    var page = Math.min(limit, MAX_PAGE);
    var found = store.parts(upload.uploadId(), after, page + 1);
    var truncated = found.size() > page;
    var parts = truncated ? found.subList(0, page) : found;
    var xml =
        Xml.document("ListPartsResult")
            .element("Bucket", call.bucket())
            .element("Key", call.key())
            .element("UploadId", upload.uploadId())
            .element("PartNumberMarker", after)
            .element("NextPartNumberMarker", parts.isEmpty() ? 0 : parts.getLast().number())
            .element("MaxParts", page)
            .element("IsTruncated", truncated);
    Replies.owner(xml, "Initiator", upload.uploader());
    Replies.owner(xml, "Owner", upload.uploader());
    xml.element("StorageClass", "STANDARD");
    var algorithm = upload.attributes().get(ALGORITHM);
    if (algorithm != null) {
      xml.element("ChecksumAlgorithm", algorithm)
          .element("ChecksumType", upload.attributes().getOrDefault(Incoming.CHECKSUM_TYPE, ""));
    }
    parts.forEach(part -> part(xml, part));
    return Replies.xml(xml, Map.of());
  }

  private static void part(Xml xml, Part part) {
    xml.open("Part")
        .element("PartNumber", part.number())
        .element("LastModified", part.storedAt())
        .etag(part.etag())
        .element("Size", part.sizeBytes());
    Replies.checksums(xml, part.attributes());
    xml.close("Part");
  }

  private Multipart open(Call call) throws IOException {
    return store
        .multipart(call.require("uploadId"))
        .filter(upload -> upload.key().equals(call.key()))
        .orElseThrow(() -> Refusals.noSuchUpload().exception());
  }

  Answer list(Call call) throws IOException {
    var prefix = call.query().value("prefix").orElse("");
    if (!call.query().value("delimiter").orElse("").isEmpty()) {
      throw S3Error.of(
              501, "NotImplemented", "A listing of multipart uploads takes no delimiter here.")
          .exception();
    }
    var afterKey = call.query().value("key-marker").orElse("");
    var afterId = call.query().value("upload-id-marker").orElse("");
    var page = Math.min(call.number("max-uploads", MAX_PAGE, 0, Integer.MAX_VALUE - 1), MAX_PAGE);
    var found = store.multiparts(prefix, afterKey, afterId, page + 1);
    var truncated = found.size() > page;
    var uploadsOfPage = truncated ? found.subList(0, page) : found;
    var encode = Replies.encoding(call);
    var xml =
        Xml.document("ListMultipartUploadsResult")
            .element("Bucket", call.bucket())
            .element("KeyMarker", encode.apply(afterKey))
            .element("UploadIdMarker", afterId)
            .element("Prefix", encode.apply(prefix))
            .element("MaxUploads", page)
            .element("IsTruncated", truncated);
    if (truncated && !uploadsOfPage.isEmpty()) {
      xml.element("NextKeyMarker", encode.apply(uploadsOfPage.getLast().key()))
          .element("NextUploadIdMarker", uploadsOfPage.getLast().uploadId());
    }
    for (var upload : uploadsOfPage) {
      xml.open("Upload")
          .element("Key", encode.apply(upload.key()))
          .element("UploadId", upload.uploadId());
      Replies.owner(xml, "Initiator", upload.uploader());
      Replies.owner(xml, "Owner", upload.uploader());
      xml.element("StorageClass", "STANDARD")
          .element("Initiated", upload.startedAt())
          .close("Upload");
    }
    return Replies.xml(xml, Map.of());
  }
}
