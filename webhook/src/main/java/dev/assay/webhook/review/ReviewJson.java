package dev.assay.webhook.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// AdmissionReview as JSON, v1:
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
public final class ReviewJson {
  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  /// The API server cuts longer warnings off; a sum of 4096 characters is what it keeps.
  private static final int WARNING_LENGTH = 256;

  private final ObjectMapper json;

  public ReviewJson(ObjectMapper json) {
    this.json = json;
  }

  /// @throws IOException when the body is no AdmissionReview v1 with a request
  public Review read(byte[] body) throws IOException {
    var review = json.readTree(body);
    var request = review.path("request");
    if (!API_VERSION.equals(review.path("apiVersion").asText())
        || !KIND.equals(review.path("kind").asText())
        || request.path("uid").asText().isEmpty()) {
      throw new IOException("expected an %s of %s with a request".formatted(KIND, API_VERSION));
    }
    return new Review(
        request.path("uid").asText(),
        operation(request),
        request.path("kind").path("kind").asText(),
        request.path("subResource").asText(),
        request.path("namespace").asText(),
        request.path("name").asText(),
        caller(request.path("userInfo")),
        request.path("dryRun").asBoolean(),
        object(request.path("object")),
        object(request.path("oldObject")));
  }

  public byte[] write(Review review, Answer answer) throws JsonProcessingException {
    var root = json.createObjectNode();
    root.put("apiVersion", API_VERSION).put("kind", KIND);
    var response = root.putObject("response");
    response.put("uid", review.uid());
    switch (answer) {
      case Answer.Allowed(var warnings) -> allowed(response, warnings);
      case Answer.Patched(var patch) -> {
        allowed(response, List.of());
        response.put("patchType", "JSONPatch").put("patch", json.writeValueAsBytes(patch));
      }
      case Answer.Denied(var refusal, var message) -> denied(response, refusal, message);
    }
    return json.writeValueAsBytes(root);
  }

  private static void allowed(ObjectNode response, List<String> warnings) {
    response.put("allowed", true);
    if (!warnings.isEmpty()) {
      var list = response.putArray("warnings");
      warnings.forEach(
          text -> list.add(text.substring(0, Math.min(text.length(), WARNING_LENGTH))));
    }
  }

  private static void denied(ObjectNode response, Refusal refusal, String message) {
    response.put("allowed", false);
    response
        .putObject("status")
        .put("code", refusal.code())
        .put("reason", refusal.name())
        .put("message", message);
    response.putObject("auditAnnotations").put("refusal", refusal.name());
  }

  private static Operation operation(JsonNode request) throws IOException {
    var text = request.path("operation").asText();
    for (var each : Operation.values()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw new IOException("expected an operation such as CREATE");
  }

  private static JsonNode object(JsonNode found) {
    return found.isObject() ? found : MissingNode.getInstance();
  }

  private static Caller caller(JsonNode user) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    user.path("extra").properties().forEach(e -> extra.put(e.getKey(), texts(e.getValue())));
    return new Caller(
        user.path("username").asText(),
        user.path("uid").asText(),
        texts(user.path("groups")),
        extra);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
