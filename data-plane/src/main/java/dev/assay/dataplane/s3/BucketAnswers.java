package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.S3Error;
import java.time.Instant;
import java.util.Map;

/// What is asked of the one bucket itself.
final class BucketAnswers {
  private BucketAnswers() {}

  /// @param since stands for the bucket's creation, which only the operator knows
  static Answer list(Call call, Instant since) {
    var xml = Xml.document("ListAllMyBucketsResult");
    Replies.owner(xml, "Owner", call.uploader());
    xml.open("Buckets")
        .open("Bucket")
        .element("Name", call.bucket())
        .element("CreationDate", since)
        .close("Bucket")
        .close("Buckets");
    return Replies.xml(xml, Map.of());
  }

  static Answer head(Call call) {
    return Answer.empty(
        200, Map.of("x-amz-bucket-region", call.settings().configuration().region()));
  }

  /// The first region of all is called by no name here.
  static Answer location(Call call) {
    var region = call.settings().configuration().region();
    var xml = Xml.document("LocationConstraint");
    return Answer.text(
        200,
        Map.of("Content-Type", "application/xml"),
        region.equals("us-east-1") ? xml.end() : xml.text(region).end());
  }

  /// Never switched on: versions are the operator's way of judging, not the client's history.
  static Answer versioning() {
    return Replies.xml(Xml.document("VersioningConfiguration"), Map.of());
  }

  /// Clients that make sure of their bucket take this for a yes.
  static S3Error exists(Call call) {
    return S3Error.of(
            409,
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.")
        .with("BucketName", call.bucket());
  }
}
