package dev.assay.webhook.promotion;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Operation;
import dev.assay.webhook.review.Review;
import java.time.Instant;

/// Who asked and who approved, written by the webhook from the request itself, whatever was sent
/// (decision 21). What was stamped before is put back as it was, so that the same manifest can be
/// applied again. No I/O.
///
/// The object has not been validated yet: what has another shape is left for the CRD to refuse.
public final class Stamps {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Stamps() {}

  /// A JSON patch (RFC 6902); empty when nothing is to be written.
  public static ArrayNode patch(Review review, Instant now) {
    var patch = JSON.arrayNode();
    var spec = review.object().path("spec");
    if (!spec.isObject()) {
      return patch;
    }
    var before = review.oldObject().path("spec");
    var requester =
        review.operation() == Operation.CREATE ? user(review.caller()) : before.path("requester");
    if (requester.isObject() && !requester.equals(spec.path("requester"))) {
      patch.add(add("/spec/requester", requester));
    }
    var sent = spec.path("approvals");
    if (sent.isArray()) {
      var stamped = approvals(sent, before.path("approvals"), review, now);
      if (!stamped.equals(sent)) {
        patch.add(add("/spec/approvals", stamped));
      }
    }
    return patch;
  }

  private static ArrayNode approvals(JsonNode sent, JsonNode before, Review review, Instant now) {
    var stamped = JSON.arrayNode();
    for (var approval : sent) {
      var user = approval.path("user").asText("");
      var old = byUser(before, user);
      if (old.isObject() && old.path("decision").equals(approval.path("decision"))) {
        stamped.add(old.deepCopy());
      } else if (approval.isObject()
          && user.equals(review.caller().username())
          && !old.isObject()) {
        stamped.add(stamp((ObjectNode) approval, review.caller(), now));
      } else {
        stamped.add(approval.deepCopy());
      }
    }
    return stamped;
  }

  private static JsonNode byUser(JsonNode approvals, String user) {
    for (var approval : approvals) {
      if (approval.path("user").asText("").equals(user)) {
        return approval;
      }
    }
    return JSON.missingNode();
  }

  private static ObjectNode stamp(ObjectNode approval, Caller caller, Instant now) {
    var stamped = approval.deepCopy();
    stamped.put("at", now.truncatedTo(SECONDS).toString());
    stamped.remove("uid");
    stamped.remove("groups");
    identity(stamped, caller);
    return stamped;
  }

  private static ObjectNode user(Caller caller) {
    var user = JSON.objectNode().put("username", caller.username());
    identity(user, caller);
    return user;
  }

  private static void identity(ObjectNode into, Caller caller) {
    if (!caller.uid().isEmpty()) {
      into.put("uid", caller.uid());
    }
    if (!caller.groups().isEmpty()) {
      caller.groups().forEach(into.putArray("groups")::add);
    }
  }

  private static ObjectNode add(String path, JsonNode value) {
    var op = JSON.objectNode().put("op", "add").put("path", path);
    op.set("value", value);
    return op;
  }
}
