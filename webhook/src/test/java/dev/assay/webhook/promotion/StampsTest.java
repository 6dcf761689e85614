package dev.assay.webhook.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.review.Caller;
import dev.assay.webhook.review.Operation;
import dev.assay.webhook.review.Review;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StampsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final Caller BOB = new Caller("bob", "7", List.of("a", "b"), Map.of());
  private static final Caller NAMELESS = new Caller("bob", "", List.of(), Map.of());
  private static final String ANN = "requester: {username: ann, uid: '1', groups: [c]}";
  private static final String BY_ANN = "{user: ann, decision: Approve, at: '2026-11-21T12:00:00Z'}";
  private static final String BY_BOB =
      "{user: bob, decision: Approve, at: '2026-11-22T12:00:00Z', uid: '7', groups: [a, b]}";

  /// @param is the spec that is sent
  /// @param becomes the spec afterwards
  record Update(String name, String was, String is, String becomes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Update> updates() {
    return Stream.of(
        new Update("nothing", ANN, ANN, ANN),
        new Update("the manifest again", ANN, "", ANN),
        new Update("another requester", ANN, "requester: {username: eve}", ANN),
        new Update("one from before there were stamps", "", "", ""),
        new Update(
            "an approval",
            "",
            "approvals: [{user: bob, decision: Approve}]",
            "approvals: [%s]".formatted(BY_BOB)),
        new Update(
            "an approval by others' stamps",
            "",
            "approvals: [{user: bob, decision: Approve, at: '2020-01-01T00:00:00Z', uid: '9', groups: [admins]}]",
            "approvals: [%s]".formatted(BY_BOB)),
        new Update(
            "another's approval is not stamped",
            "",
            "approvals: [{user: eve, decision: Approve}]",
            "approvals: [{user: eve, decision: Approve}]"),
        new Update(
            "an old approval is put back",
            "approvals: [%s]".formatted(BY_ANN),
            "approvals: [{user: ann, decision: Approve}, {user: bob, decision: Approve}]",
            "approvals: [%s, %s]".formatted(BY_ANN, BY_BOB)),
        new Update(
            "a changed mind is left to the CRD",
            "approvals: [%s]".formatted(BY_BOB),
            "approvals: [{user: bob, decision: Reject}]",
            "approvals: [{user: bob, decision: Reject}]"),
        new Update(
            "a comment is kept",
            "",
            "approvals: [{user: bob, decision: Approve, comment: fine}]",
            "approvals: [{user: bob, decision: Approve, comment: fine, at: '2026-11-22T12:00:00Z', uid: '7', groups: [a, b]}]"),
        new Update(
            "another shape is left to the CRD",
            "",
            "approvals: {bob: true}",
            "approvals: {bob: true}"));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void anUpdateIsStamped(Update each) {
    var review = review(Operation.UPDATE, BOB, each.is(), object(each.was()));

    assertThat(patched(review)).isEqualTo(spec(each.becomes()));
  }

  @Test
  void whoCreatesIsWhoAsks() {
    var review =
        review(Operation.CREATE, BOB, "requester: {username: eve}", MissingNode.getInstance());

    assertThat(patched(review))
        .isEqualTo(spec("requester: {username: bob, uid: '7', groups: [a, b]}"));
  }

  @Test
  void whatTheApiServerDoesNotKnowIsLeftOut() {
    var review = review(Operation.CREATE, NAMELESS, "", MissingNode.getInstance());

    assertThat(patched(review)).isEqualTo(spec("requester: {username: bob}"));
  }

  @Test
  void whatHasNoSpecIsLeftToTheCrd() {
    var review =
        new Review(
            "u",
            Operation.CREATE,
            "Promotion",
            "",
            "demo",
            "p",
            BOB,
            false,
            Yaml.read(JsonNode.class, "{}"),
            MissingNode.getInstance());

    assertThat(Stamps.patch(review, NOON)).isEmpty();
  }

  // RFC 6902's "add" of an object's member, by hand.
  private static JsonNode patched(Review review) {
    var object = review.object().deepCopy();
    for (var op : Stamps.patch(review, NOON)) {
      assertThat(op.path("op").asText()).isEqualTo("add");
      var field = op.path("path").asText().substring("/spec/".length());
      ((ObjectNode) object.path("spec")).set(field, op.path("value"));
    }
    return object.path("spec");
  }

  private static Review review(Operation operation, Caller caller, String is, JsonNode was) {
    return new Review("u", operation, "Promotion", "", "demo", "p", caller, false, object(is), was);
  }

  private static JsonNode object(String spec) {
    return Yaml.read(
        JsonNode.class, "spec: {reason: r%s}".formatted(spec.isEmpty() ? "" : ", " + spec));
  }

  private static JsonNode spec(String spec) {
    return object(spec).path("spec");
  }
}
