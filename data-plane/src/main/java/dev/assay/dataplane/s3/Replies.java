package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.Percent;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Pieces that several answers share.
final class Replies {
  private Replies() {}

  static Answer.Bytes xml(Xml xml, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/xml");
    return Answer.text(200, all, xml.end());
  }

  static void owner(Xml xml, String element, String id) {
    xml.open(element).element("ID", id).element("DisplayName", id).close(element);
  }

  static void checksums(Xml xml, Map<String, String> attributes) {
    for (var algorithm : Algorithm.values()) {
      var value = attributes.get(Incoming.CHECKSUM + algorithm);
      if (value != null) {
        xml.element(algorithm.element(), value);
      }
    }
  }

  /// How keys are written in a listing: as they are, or escaped with `encoding-type=url`.
  ///
  /// @throws RefusedException InvalidArgument for another encoding type
  static UnaryOperator<String> encoding(Call call) throws RefusedException {
    var type = call.query().value("encoding-type").orElse("");
    if (type.isEmpty()) {
      return UnaryOperator.identity();
    }
    if (!type.equals("url")) {
      throw S3Error.invalidArgument(
              "encoding-type", type, "Invalid Encoding Method specified in Request")
          .exception();
    }
    return Percent::encodePath;
  }
}
