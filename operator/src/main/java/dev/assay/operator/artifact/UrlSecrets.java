package dev.assay.operator.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.Artifact;
import dev.assay.api.Vocabulary.PresignedSecret;
import dev.assay.api.artifact.ArtifactStatus.DownloadStatus;
import dev.assay.api.artifact.ArtifactStatus.Location;
import dev.assay.operator.artifact.decision.UploadPlan;
import dev.assay.operator.presign.PresignedCall;
import dev.assay.operator.presign.Validity;
import dev.assay.operator.scan.ScanRun;
import dev.assay.wire.Json;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The Secrets with presigned URLs, each a pure function of what it is for and when it was issued
/// (decision 18): made again, it is the same to the byte.
final class UrlSecrets {
  private final Artifact artifact;
  private final Signing signing;

  UrlSecrets(Artifact artifact, Signing signing) {
    this.artifact = artifact;
    this.signing = signing;
  }

  /// One part of `parts.json`.
  record Part(int number, String url) {}

  Secret upload(String name, UploadPlan plan, Instant issuedAt) {
    var validity = new Validity(issuedAt, plan.life());
    var data = new TreeMap<String, String>();
    data.put(PresignedSecret.EXPIRY_TIMESTAMP, validity.notAfter().toString());
    plan.sha256().ifPresent(hex -> data.put(PresignedSecret.SHA256, hex));
    var parts = plan.parts();
    if (parts.isPresent()) {
      data.put(PresignedSecret.UPLOAD_ID, plan.session());
      data.put(PresignedSecret.PART_SIZE, Long.toString(parts.get().partSizeBytes()));
      data.put(
          PresignedSecret.COMPLETE_URL,
          signing.external(PresignedCall.complete(plan.key(), plan.session()), validity));
      data.put(
          PresignedSecret.ABORT_URL,
          signing.external(PresignedCall.abort(plan.key(), plan.session()), validity));
    } else {
      var call = PresignedCall.put(plan.key(), plan.session());
      data.put(PresignedSecret.METHOD, call.method());
      data.put(PresignedSecret.URL, signing.external(call, validity));
      data.put(PresignedSecret.URL_INTERNAL, signing.internal(call, validity));
    }
    return secret(name, data);
  }

  /// @throws IllegalStateException when the plan has no parts
  Secret parts(String name, UploadPlan plan, Instant issuedAt) {
    var validity = new Validity(issuedAt, plan.life());
    var parts =
        IntStream.rangeClosed(1, plan.parts().orElseThrow().parts())
            .mapToObj(number -> new Part(number, part(plan, number, validity)))
            .toList();
    try {
      return secret(name, Map.of(PresignedSecret.PARTS, Json.MAPPER.writeValueAsString(parts)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and URLs are always JSON", e);
    }
  }

  /// Length of the longest part URL that a plan could need, for cutting it.
  int partUrlLength(String key, String session, Instant issuedAt) {
    var validity = new Validity(issuedAt, Validity.LONGEST);
    return signing.external(PresignedCall.part(key, session, 1000), validity).length();
  }

  Secret download(DownloadStatus download, Location location) {
    var status = artifact.getStatus();
    var issuedAt = Objects.requireNonNull(download.issuedAt());
    var validity =
        new Validity(
            issuedAt, Duration.between(issuedAt, Objects.requireNonNull(download.notAfter())));
    var call = PresignedCall.get(location.key(), Objects.requireNonNull(location.versionId()));
    return secret(
        Objects.requireNonNull(download.secretName()),
        Map.of(
            PresignedSecret.METHOD,
            call.method(),
            PresignedSecret.URL,
            signing.external(call, validity),
            PresignedSecret.URL_INTERNAL,
            signing.internal(call, validity),
            PresignedSecret.EXPIRY_TIMESTAMP,
            validity.notAfter().toString(),
            PresignedSecret.SHA256,
            Objects.requireNonNull(status.digest()).substring("sha256:".length()),
            PresignedSecret.SIZE,
            Long.toString(Objects.requireNonNull(status.size()))));
  }

  /// For the scan Job's `fetch`: the scanner's key reads a version in any state.
  Secret fetch(ScanRun run, String key, String versionId, Validity validity) {
    return secret(
        run.fetchSecret(),
        Map.of(PresignedSecret.URL, signing.scanner(PresignedCall.get(key, versionId), validity)));
  }

  /// For the scan Job's `publish` (`docs/reference/scan-job.md`).
  Secret publish(ScanRun run, Validity validity) {
    var keys = run.keys();
    return secret(
        run.publishSecret(),
        Map.of(
            "REPORT_URL", signing.publisher(PresignedCall.publish(keys.report()), validity),
            "SBOM_URL", signing.publisher(PresignedCall.publish(keys.sbom()), validity),
            "FINDINGS_URL", signing.publisher(PresignedCall.publish(keys.findings()), validity)));
  }

  /// A Secret of that name without content, for deleting it.
  static Secret named(Artifact artifact, String name) {
    return new SecretBuilder().withMetadata(Owner.of(artifact, name)).build();
  }

  private String part(UploadPlan plan, int number, Validity validity) {
    return signing.external(PresignedCall.part(plan.key(), plan.session(), number), validity);
  }

  private Secret secret(String name, Map<String, String> values) {
    var data = new TreeMap<String, String>();
    values.forEach(
        (key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
    return new SecretBuilder()
        .withMetadata(Owner.of(artifact, name))
        .withType(PresignedSecret.TYPE)
        .withData(data)
        .build();
  }
}
