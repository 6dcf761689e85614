package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.Query;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.settings.InForce;
import dev.assay.dataplane.sigv4.Caller;
import dev.assay.dataplane.sigv4.Payload;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.util.Optional;

/// One request that was let in.
///
/// @param key empty for an operation on the bucket
/// @param role empty for an anonymous reader
record Call(
    Request request,
    Operation operation,
    String key,
    Caller caller,
    Optional<Role> role,
    Payload payload,
    InForce settings) {

  /// The query parameter that names the upload session of a single PUT.
  static final String SESSION = "x-assay-upload";

  Query query() {
    return request.head().query();
  }

  Headers headers() {
    return request.head().headers();
  }

  String bucket() {
    return settings.configuration().bucket();
  }

  String uploader() {
    return caller instanceof Caller.Key(var id, _) ? id : "anonymous";
  }

  String require(String parameter) throws RefusedException {
    return query()
        .value(parameter)
        .orElseThrow(() ->
            S3Error.invalidArgument(parameter, "", "The parameter " + parameter + " is missing.")
                .exception());
  }

  /// A whole number within bounds.
  ///
  /// @throws RefusedException InvalidArgument
  int number(String parameter, int absent, int min, int max) throws RefusedException {
    var text = query().value(parameter).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    var number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw S3Error.invalidArgument(
              parameter,
              text,
              "Argument %s must be an integer between %d and %d".formatted(parameter, min, max))
          .exception();
    }
    return number;
  }
}
