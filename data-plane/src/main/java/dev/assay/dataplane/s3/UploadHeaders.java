package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an upload's headers ask for beside its bytes. A promise that is not kept here (encryption,
/// a lock, public reading) is refused, not dropped in silence.
final class UploadHeaders {
  private static final List<String> NOT_BUILT =
      List.of(
          "x-amz-server-side-encryption",
          "x-amz-tagging",
          "x-amz-object-lock-",
          "x-amz-website-redirect-location",
          "x-amz-grant-",
          "x-amz-write-offset-bytes");

  private static final List<String> OWNERS_ACLS =
      List.of("private", "bucket-owner-full-control", "bucket-owner-read");

  private UploadHeaders() {}

  static void check(Headers headers) throws RefusedException {
    for (var name : headers.names()) {
      if (NOT_BUILT.stream().anyMatch(name::startsWith)) {
        throw S3Error.of(
                501,
                "NotImplemented",
                "A header you provided implies functionality that is not implemented")
            .with("Header", name)
            .exception();
      }
    }
    if (!OWNERS_ACLS.contains(headers.value("x-amz-acl").orElse("private"))) {
      throw S3Error.of(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
          .exception();
    }
    if (!headers.value("x-amz-storage-class").orElse("STANDARD").equals("STANDARD")) {
      throw S3Error.of(400, "InvalidStorageClass", "The storage class you specified is not valid")
          .exception();
    }
  }

  static String mediaType(Headers headers) {
    return headers
        .value("content-type")
        .filter(type -> !type.isEmpty())
        .map(Metadata::decode)
        .orElse("application/octet-stream");
  }

  static Map<String, String> kept(Headers headers) {
    var kept = new TreeMap<String, String>();
    for (var name : ObjectHeaders.KEPT) {
      var value = headers.value(name).map(Metadata::decode).map(UploadHeaders::withoutFraming);
      value.filter(text -> !text.isEmpty()).ifPresent(text -> kept.put(name, text));
    }
    return kept;
  }

  /// `aws-chunked` was the framing of the upload and is no property of the object.
  private static String withoutFraming(String value) {
    if (!value.contains("aws-chunked")) {
      return value;
    }
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(coding -> !coding.equals("aws-chunked") && !coding.isEmpty())
        .collect(Collectors.joining(","));
  }
}
