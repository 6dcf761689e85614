package dev.assay.webhook.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ReviewJson JSON = new ReviewJson(MAPPER);
  private static final String CREATE =
      """
      {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
        "uid": "u-1", "kind": {"group": "assay.dev", "version": "v1alpha1", "kind": "Artifact"},
        "resource": {"group": "assay.dev", "version": "v1alpha1", "resource": "artifacts"},
        "name": "agent", "namespace": "demo", "operation": "CREATE", "dryRun": true,
        "userInfo": {"username": "ann", "uid": "7", "groups": ["a", "b"], "extra": {"scopes": ["x"]}},
        "object": {"metadata": {"name": "agent"}}, "oldObject": null}}
      """;

  @Test
  void aReviewIsReadAsItIsSent() throws IOException {
    var review = read(CREATE);

    assertThat(review)
        .returns("u-1", Review::uid)
        .returns(Operation.CREATE, Review::operation)
        .returns("Artifact", Review::kind)
        .returns("", Review::subresource)
        .returns("demo", Review::namespace)
        .returns("agent", Review::name)
        .returns(true, Review::dryRun)
        .returns(
            new Caller("ann", "7", List.of("a", "b"), Map.of("scopes", List.of("x"))),
            Review::caller);
    assertThat(review.object().path("metadata").path("name").asText()).isEqualTo("agent");
    assertThat(review.oldObject().isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\"}",
        "{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\", \"operation\": \"CREATE\"}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"Pod\", \"request\": {\"uid\": \"u\", \"operation\": \"CREATE\"}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\", \"operation\": \"PATCH\"}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"operation\": \"CREATE\"}}"
      })
  void anythingElseIsNoReview(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
  }

  @Test
  void anAnswerNamesItsReview() throws IOException {
    var written = written(Answer.allowed());

    assertThat(written.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    assertThat(written.path("kind").asText()).isEqualTo("AdmissionReview");
    assertThat(written.path("response").path("uid").asText()).isEqualTo("u-1");
    assertThat(written.path("response").path("allowed").asBoolean()).isTrue();
    assertThat(written.path("response").has("warnings")).isFalse();
  }

  @Test
  void longWarningsAreCut() throws IOException {
    var written = written(new Answer.Allowed(List.of("x".repeat(257), "short")));

    var warnings = written.path("response").path("warnings");
    assertThat(warnings.path(0).asText()).hasSize(256);
    assertThat(warnings.path(1).asText()).isEqualTo("short");
  }

  @Test
  void aRefusalSaysWhichAndWhy() throws IOException {
    var response = written(new Answer.Denied(Refusal.SignatureMissing, "sign it")).path("response");

    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(response.path("status").path("code").asInt()).isEqualTo(403);
    assertThat(response.path("status").path("reason").asText()).isEqualTo("SignatureMissing");
    assertThat(response.path("status").path("message").asText()).isEqualTo("sign it");
    assertThat(response.path("auditAnnotations").path("refusal").asText())
        .isEqualTo("SignatureMissing");
  }

  @Test
  void whatMayPassLaterIsUnavailable() {
    assertThat(Refusal.NotReady.code()).isEqualTo(503);
    assertThat(Refusal.ImageUnverified.code()).isEqualTo(503);
    assertThat(Refusal.Malformed.code()).isEqualTo(400);
  }

  private static Review read(String body) throws IOException {
    return JSON.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode written(Answer answer) throws IOException {
    return MAPPER.readTree(JSON.write(read(CREATE), answer));
  }
}
