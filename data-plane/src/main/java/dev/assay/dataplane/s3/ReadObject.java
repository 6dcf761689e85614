package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Extent;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Reading;
import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// GET and HEAD of an object.
final class ReadObject {
  private final Store store;

  ReadObject(Store store) {
    this.store = store;
  }

  Answer answer(Call call) throws IOException {
    ObjectHeaders.checkOverrides(call);
    var version = call.query().value("versionId").filter(id -> !id.equals("null"));
    var reading = found(call, version, lookup(call, version));
    try {
      return answer(call, reading);
    } catch (IOException | RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  private Lookup lookup(Call call, Optional<String> version) throws IOException {
    if (version.isEmpty()) {
      return store.served(call.key());
    }
    var inspects = call.role().filter(role -> role == Role.Scanner).isPresent();
    return store.version(version.get(), inspects ? Store.Purpose.Inspect : Store.Purpose.Serve);
  }

  private static Reading found(Call call, Optional<String> version, Lookup lookup)
      throws RefusedException {
    return switch (lookup) {
      case Lookup.Found(var reading) -> {
        if (reading.version().stored().key().equals(call.key())) {
          yield reading;
        }
        // Another key's version id: this key has no such version.
        reading.close();
        throw missing(call, version).exception();
      }
      case Lookup.Missing() -> throw missing(call, version).exception();
      case Lookup.NotReleased(var newest) ->
          throw (newest.stored().key().equals(call.key())
                  ? S3Error.of(
                          404,
                          "NoSuchKey",
                          "Nothing is released under this key yet: what was uploaded waits for its"
                              + " verdict.")
                      .with("Key", call.key())
                  : missing(call, version))
              .exception();
      case Lookup.Quarantined(var newest) ->
          throw (newest.stored().key().equals(call.key())
                  ? S3Error.accessDenied(quarantined(newest))
                  : missing(call, version))
              .exception();
    };
  }

  private static String quarantined(dev.assay.dataplane.store.Version newest) {
    var reason = newest.stored().stateReason();
    return "The object is quarantined%s%s"
        .formatted(
            reason == null ? "" : " (" + reason + ")",
            newest.stateMessage().map(m -> ": " + m).orElse("."));
  }

  private static S3Error missing(Call call, Optional<String> version) {
    return version.isPresent()
        ? S3Error.of(404, "NoSuchVersion", "The specified version does not exist.")
            .with("Key", call.key())
            .with("VersionId", version.get())
        : S3Error.of(404, "NoSuchKey", "The specified key does not exist.").with("Key", call.key());
  }

  private static Answer answer(Call call, Reading reading) throws RefusedException {
    var stored = reading.version().stored();
    var headers = ObjectHeaders.of(call, reading.version());
    var outcome = Conditions.judge(call.headers(), stored.etag(), stored.storedAt());
    switch (outcome) {
      case PreconditionFailed ->
          throw S3Error.of(
                  412,
                  "PreconditionFailed",
                  "At least one of the pre-conditions you specified did not hold")
              .exception();
      case NotModified -> {
        reading.close();
        return new Answer.HeadersOnly(304, headers, -1);
      }
      case Proceed -> {}
    }
    var part = call.number("partNumber", 0, 1, 10_000);
    return part > 0 ? part(call, reading, headers, part) : ranged(call, reading, headers);
  }

  private static Answer ranged(Call call, Reading reading, Map<String, String> headers)
      throws RefusedException {
    var stored = reading.version().stored();
    var size = stored.sizeBytes();
    var asked = call.headers().value("range");
    var stands = Conditions.rangeStands(call.headers(), stored.etag(), stored.storedAt());
    var range = asked.isPresent() && stands ? Range.of(asked.get(), size) : new Range.Whole();
    return switch (range) {
      case Range.Whole() -> {
        ObjectHeaders.addChecksums(call, reading.version(), headers);
        yield send(call, reading, 200, headers, reading.extents(), size);
      }
      case Range.Slice slice -> {
        headers.put("Content-Range", slice.contentRange(size));
        var extents = reading.extents(slice.offset(), slice.lengthBytes());
        yield send(call, reading, 206, headers, extents, slice.lengthBytes());
      }
      case Range.Unsatisfiable() ->
          throw S3Error.of(416, "InvalidRange", "The requested range is not satisfiable")
              .with("RangeRequested", asked.orElse(""))
              .with("ActualObjectSize", Long.toString(size))
              .exception();
    };
  }

  /// One part of a multipart object as it was uploaded; a plain object is its own part 1.
  private static Answer part(Call call, Reading reading, Map<String, String> headers, int number)
      throws RefusedException {
    var size = reading.version().stored().sizeBytes();
    var extents = reading.extents();
    if (number > Math.max(1, extents.size())) {
      throw S3Error.of(416, "InvalidPartNumber", "The requested partnumber is not satisfiable")
          .with("PartNumberRequested", Integer.toString(number))
          .with("ActualPartCount", Integer.toString(extents.size()))
          .exception();
    }
    var wanted = extents.isEmpty() ? List.<Extent>of() : List.of(extents.get(number - 1));
    var length = wanted.stream().mapToLong(Extent::lengthBytes).sum();
    var before = extents.stream().limit(number - 1L).mapToLong(Extent::lengthBytes).sum();
    if (length > 0) {
      headers.put("Content-Range", new Range.Slice(before, length).contentRange(size));
    }
    if (reading.version().stored().etag().contains("-") && extents.size() > 1) {
      headers.put("x-amz-mp-parts-count", Integer.toString(extents.size()));
    }
    return send(call, reading, length > 0 ? 206 : 200, headers, wanted, length);
  }

  private static Answer send(
      Call call,
      Reading reading,
      int status,
      Map<String, String> headers,
      List<Extent> extents,
      long lengthBytes) {
    if (call.operation() == Operation.HeadObject) {
      reading.close();
      return new Answer.HeadersOnly(status, headers, lengthBytes);
    }
    // The store may take the version out of service at any moment from its opening on.
    reading.onCut(call.request()::cut);
    var regions =
        extents.stream()
            .map(e -> new Answer.Region(e.file(), e.offset(), e.lengthBytes()))
            .toList();
    return new Answer.Files(status, headers, regions, reading::close);
  }
}
