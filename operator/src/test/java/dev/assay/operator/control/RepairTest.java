package dev.assay.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Artifact;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RepairTest {
  private static final String UID = "uid-1";
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /// @param conditions of the Artifact that are True
  record Case(
      String name,
      @Nullable String recorded,
      List<String> conditions,
      List<StoredVersion> listed,
      boolean looksAgain) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var released = version("v1", UID, VersionState.Released);
    var staged = version("v1", UID, VersionState.Staged);
    var quarantined = version("v1", UID, VersionState.Quarantined);
    return Stream.of(
        new Case("waits for an upload", null, List.of(), List.of(), false),
        new Case("has missed its upload", null, List.of(), List.of(staged), true),
        new Case(
            "has missed the upload of its second session",
            null,
            List.of(),
            List.of(version("v1", UID + ".2", VersionState.Staged)),
            true),
        new Case(
            "is not meant by another's upload",
            null,
            List.of(),
            List.of(version("v1", "uid-2", VersionState.Staged)),
            false),
        new Case("is scanned while its version is staged", "v1", List.of(), List.of(staged), false),
        new Case("serves what is released", "v1", List.of("Ready"), List.of(released), false),
        new Case("is Ready and not released", "v1", List.of("Ready"), List.of(staged), true),
        new Case("is Ready and quarantined", "v1", List.of("Ready"), List.of(quarantined), true),
        new Case(
            "is quarantined in both", "v1", List.of("Quarantined"), List.of(quarantined), false),
        new Case(
            "is quarantined and served", "v1", List.of("Quarantined"), List.of(released), true),
        new Case("is scanned and served already", "v1", List.of(), List.of(released), true),
        new Case("has lost its bytes", "v1", List.of("Ready"), List.of(), true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anArtifact(Case c) {
    var artifact = artifact(c.recorded(), c.conditions());

    var missed = Repair.missed(c.listed(), List.of(artifact));

    assertThat(missed).isEqualTo(c.looksAgain() ? List.of(artifact) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"Ready, false", "Reconciling, true", "Stalled, true"})
  void waitsForADataPlaneUnlessItIsDone(String condition, boolean unfinished) {
    assertThat(Repair.isUnfinished(artifact(null, List.of(condition)))).isEqualTo(unfinished);
  }

  @ParameterizedTest
  @CsvSource({"uid, uid", "uid.2, uid", "0a-1b.x.y, 0a-1b"})
  void aSessionBelongsToItsArtifact(String session, String uid) {
    assertThat(Sessions.artifactUid(session)).isEqualTo(uid);
  }

  private static Artifact artifact(@Nullable String versionId, List<String> conditions) {
    var location =
        versionId == null
            ? ""
            : "location: {bucket: b, key: k, versionId: %s}".formatted(versionId);
    var held =
        conditions.stream()
            .map(type ->
                "{type: %s, status: 'True', reason: X, message: '', lastTransitionTime: '2026-11-22T12:00:00Z'}"
                    .formatted(type))
            .toList();
    return YAML.unmarshal(
        """
        apiVersion: assay.dev/v1alpha1
        kind: Artifact
        metadata: {name: a, namespace: n, uid: %s}
        spec: {type: Binary, version: '1', bucketRef: {name: b}, source: {upload: {}}}
        status:
          conditions: %s
          %s
        """
            .formatted(UID, held, location),
        Artifact.class);
  }

  private static StoredVersion version(String id, String session, VersionState state) {
    return new StoredVersion(
        "k",
        id,
        1,
        "",
        "",
        "",
        Map.of(),
        Instant.EPOCH,
        "",
        session,
        state,
        1,
        null,
        state == VersionState.Released);
  }
}
