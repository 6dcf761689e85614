package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.HttpDate;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.sigv4.Caller;
import dev.assay.dataplane.store.Version;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The headers of an object: those of its bytes, and those that keep a browser from running them.
final class ObjectHeaders {
  /// Kept from an upload and given back. `Cache-Control` is not: what is withdrawn must not live on
  /// in caches (decision 13).
  static final List<String> KEPT =
      List.of("content-encoding", "content-disposition", "content-language", "expires");

  private static final List<String> OVERRIDES =
      List.of(
          "response-content-type",
          "response-content-language",
          "response-expires",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding");

  private ObjectHeaders() {}

  /// @throws RefusedException for `response-*` without a signature, which anyone could then set
  static void checkOverrides(Call call) throws RefusedException {
    for (var name : OVERRIDES) {
      var value = call.query().value(name);
      if (value.isPresent() && call.caller() instanceof Caller.Anonymous) {
        throw S3Error.invalidRequest(
                "Request specific response headers cannot be used for anonymous GET requests.")
            .exception();
      }
      if (value.isPresent() && !value.get().chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
        throw S3Error.invalidArgument(
                name, "", "The value of " + name + " cannot stand in a header.")
            .exception();
      }
    }
  }

  static Map<String, String> of(Call call, Version version) throws RefusedException {
    var stored = version.stored();
    var headers = new HashMap<String, String>();
    headers.put("ETag", "\"" + stored.etag() + "\"");
    headers.put("Last-Modified", HttpDate.format(stored.storedAt()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Type", Metadata.encode(stored.mediaType()));
    headers.put("x-amz-version-id", stored.versionId());
    headers.put("x-amz-storage-class", "STANDARD");
    headers.put("Repr-Digest", reprDigest(stored.sha256()));
    Metadata.write(stored.metadata(), headers);
    for (var name : KEPT) {
      var value = version.attributes().get(name);
      if (value != null) {
        headers.put(name, Metadata.encode(value));
      }
    }
    var disposition = headers.getOrDefault("content-disposition", "");
    if (!disposition.toLowerCase(Locale.ROOT).startsWith("attachment")) {
      headers.put("content-disposition", "attachment");
    }
    override(call, headers);
    headers.put("Cache-Control", "private, no-cache");
    headers.put("X-Content-Type-Options", "nosniff");
    return headers;
  }

  private static void override(Call call, Map<String, String> headers) throws RefusedException {
    for (var name : OVERRIDES) {
      var value = call.query().value(name);
      if (value.isPresent()) {
        var header = name.substring("response-".length());
        headers.keySet().removeIf(header::equalsIgnoreCase);
        headers.put(header, value.get());
      }
    }
    headers.keySet().removeIf("cache-control"::equalsIgnoreCase);
  }

  /// Checksums are given to those who ask, and only for the whole object.
  static void addChecksums(Call call, Version version, Map<String, String> headers) {
    if (call.headers().value("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED")) {
      addChecksums(version.attributes(), headers);
    }
  }

  static void addChecksums(Map<String, String> attributes, Map<String, String> headers) {
    for (var algorithm : Algorithm.values()) {
      var value = attributes.get(Incoming.CHECKSUM + algorithm);
      if (value != null) {
        headers.put(algorithm.header(), value);
        headers.put(
            "x-amz-checksum-type", attributes.getOrDefault(Incoming.CHECKSUM_TYPE, "FULL_OBJECT"));
      }
    }
  }

  /// RFC 9530: the digest of the whole object, also beside one of its ranges.
  private static String reprDigest(String sha256) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
  }
}
