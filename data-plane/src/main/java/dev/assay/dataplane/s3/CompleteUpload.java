package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.CompleteRequest.Claim;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Multipart;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// CompleteMultipartUpload. Sent again after it succeeded, it succeeds again.
final class CompleteUpload {
  private static final int MAX_PARTS = 10_000;

  private final Store store;

  CompleteUpload(Store store) {
    this.store = store;
  }

  Answer answer(Call call) throws IOException {
    var uploadId = call.require("uploadId");
    var claims = claims(call);
    var open = store.multipart(uploadId);
    var attributes =
        open.isPresent() ? checksums(call, open.get(), claims) : Map.<String, String>of();
    // From here on only the client's patience is at stake.
    call.request().keepAlive(Xml.PROLOG);
    var version =
        Refusals.orRefuse(
            store.complete(
                new CompleteRequest(
                    uploadId,
                    call.key(),
                    claims.stream().map(Claimed::claim).toList(),
                    attributes,
                    new Expected(objectSize(call), Optional.empty(), Optional.empty()),
                    WriteObject.precondition(call),
                    call.uploader())),
            false);
    var stored = version.stored();
    var xml =
        Xml.document("CompleteMultipartUploadResult")
            .element("Location", "/" + call.bucket() + "/" + call.key())
            .element("Bucket", call.bucket())
            .element("Key", call.key())
            .etag(stored.etag());
    Replies.checksums(xml, version.attributes());
    var type = version.attributes().get(Incoming.CHECKSUM_TYPE);
    if (type != null) {
      xml.element("ChecksumType", type);
    }
    return Replies.xml(xml, Map.of("x-amz-version-id", stored.versionId()));
  }

  private static OptionalLong objectSize(Call call) throws RefusedException {
    var text = call.headers().value("x-amz-mp-object-size").orElse("");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw S3Error.invalidArgument("x-amz-mp-object-size", text, "It is not a number of bytes.")
          .exception();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /// A part as the client lists it, with the checksums that it expects of it.
  private record Claimed(Claim claim, Map<String, String> fields) {}

  /// An empty body is a plain POST to a session's URL: all parts that are there.
  private static List<Claimed> claims(Call call) throws IOException {
    var body = SmallBody.read(call);
    if (body.length == 0) {
      return List.of();
    }
    var document = XmlBody.read(body, "CompleteMultipartUpload", "Part", MAX_PARTS);
    var claims = new ArrayList<Claimed>();
    for (var part : document.entries()) {
      var number = part.getOrDefault("PartNumber", "").strip();
      var etag = part.getOrDefault("ETag", "").strip();
      if (!number.matches("[0-9]{1,5}") || etag.isEmpty()) {
        throw XmlBody.malformed();
      }
      var claim = new Claim(Integer.parseInt(number), Conditions.unquoted(etag));
      claims.add(new Claimed(claim, part));
    }
    if (claims.isEmpty()) {
      throw XmlBody.malformed();
    }
    return claims;
  }

  /// Checks what the client says of its parts' checksums and joins them to the whole object's.
  private Map<String, String> checksums(Call call, Multipart upload, List<Claimed> claims)
      throws IOException {
    var named = upload.attributes().getOrDefault(MultipartUploads.ALGORITHM, "");
    var algorithm = Algorithm.named(named);
    if (algorithm.isEmpty()) {
      return Map.of();
    }
    var stored = store.parts(upload.uploadId(), 0, MAX_PARTS);
    var chosen = new ArrayList<Part>();
    for (var claimed : claims) {
      var part = stored.stream().filter(p -> p.number() == claimed.claim().number()).findFirst();
      if (part.isPresent()) {
        check(algorithm.get(), claimed, part.get());
        chosen.add(part.get());
      }
    }
    var type = upload.attributes().getOrDefault(Incoming.CHECKSUM_TYPE, "COMPOSITE");
    var whole = ObjectChecksum.of(algorithm.get(), type, claims.isEmpty() ? stored : chosen);
    if (whole.isEmpty()) {
      return Map.of();
    }
    var expected = call.headers().value(algorithm.get().header());
    if (expected.isPresent() && !expected.get().equals(whole.get())) {
      throw S3Error.of(
              400,
              "BadDigest",
              "The %s you specified did not match the calculated checksum: expected %s, got %s."
                  .formatted(named, expected.get(), whole.get()))
          .exception();
    }
    return Map.of(Incoming.CHECKSUM + algorithm.get(), whole.get(), Incoming.CHECKSUM_TYPE, type);
  }

  private static void check(Algorithm algorithm, Claimed claimed, Part part)
      throws RefusedException {
    var expected = claimed.fields().get(algorithm.element());
    var actual = part.attributes().get(Incoming.CHECKSUM + algorithm);
    if (expected != null && !expected.strip().equals(actual)) {
      throw S3Error.of(
              400,
              "InvalidPart",
              "The %s of part %d is another than the one that was stored."
                  .formatted(algorithm, part.number()))
          .exception();
    }
  }
}
