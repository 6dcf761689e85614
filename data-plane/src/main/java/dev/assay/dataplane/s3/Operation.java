package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RequestHead;
import java.util.List;

/// What a request asks for, told from its method, path and query alone.
enum Operation {
  ListBuckets,
  CreateBucket,
  HeadBucket,
  GetBucketLocation,
  GetBucketVersioning,
  ListObjects,
  ListObjectsV2,
  ListObjectVersions,
  ListMultipartUploads,
  DeleteObjects,
  GetObject,
  HeadObject,
  PutObject,
  DeleteObject,
  CreateMultipartUpload,
  UploadPart,
  CompleteMultipartUpload,
  AbortMultipartUpload,
  ListParts,
  /// Known to S3, and not built here.
  NotImplemented,
  MethodNotAllowed;

  /// Subresources that S3 knows and that would otherwise be read as plain GETs, PUTs or DELETEs of
  /// the object or bucket itself.
  private static final List<String> NOT_BUILT =
      List.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metadataTable",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "website");

  static Operation of(RequestHead head, Target target) {
    var query = head.query();
    if (NOT_BUILT.stream().anyMatch(query::has)) {
      return NotImplemented;
    }
    return switch (target) {
      case Target.Service() -> head.method().equals("GET") ? ListBuckets : MethodNotAllowed;
      case Target.OfBucket _ -> ofBucket(head);
      case Target.OfObject _ -> ofObject(head);
    };
  }

  private static Operation ofBucket(RequestHead head) {
    var query = head.query();
    return switch (head.method()) {
      case "HEAD" -> HeadBucket;
      case "PUT" -> query.has("versioning") ? NotImplemented : CreateBucket;
      case "POST" -> query.has("delete") ? DeleteObjects : NotImplemented;
      case "DELETE" -> NotImplemented;
      case "GET" -> {
        if (query.has("location")) {
          yield GetBucketLocation;
        }
        if (query.has("versioning")) {
          yield GetBucketVersioning;
        }
        if (query.has("versions")) {
          yield ListObjectVersions;
        }
        if (query.has("uploads")) {
          yield ListMultipartUploads;
        }
        yield query.has("list-type") ? ListObjectsV2 : ListObjects;
      }
      default -> MethodNotAllowed;
    };
  }

  private static Operation ofObject(RequestHead head) {
    var query = head.query();
    var upload = query.has("uploadId");
    var copy = head.headers().has("x-amz-copy-source");
    return switch (head.method()) {
      case "GET" -> upload ? ListParts : GetObject;
      case "HEAD" -> HeadObject;
      case "PUT" -> copy ? NotImplemented : upload ? UploadPart : PutObject;
      case "DELETE" -> upload ? AbortMultipartUpload : DeleteObject;
      case "POST" ->
          query.has("uploads")
              ? CreateMultipartUpload
              : upload ? CompleteMultipartUpload : NotImplemented;
      default -> MethodNotAllowed;
    };
  }
}
