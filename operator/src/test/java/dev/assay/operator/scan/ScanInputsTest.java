package dev.assay.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanInputsTest {
  private static final ScanInputs DEFAULTS =
      new ScanInputs("image", List.of("secret", "vuln"), "", "", "", true, "cyclonedx");

  @Test
  void anEmptySpecHasTheDefaults() {
    assertThat(ScanInputs.of(spec("{}"), "image")).isEqualTo(DEFAULTS);
    assertThat(ScanInputs.of(spec("{\"engine\":{},\"report\":{}}"), "image")).isEqualTo(DEFAULTS);
  }

  @Test
  void everythingAskedForIsRead() {
    var spec =
        spec(
            """
            {"scanners":["vuln","license","vuln","misconfig"],"report":{"sbomFormat":"spdx-json"},
             "engine":{"mode":"Server","serverURL":"http://s:1","dbRepository":"d/db:2",
                       "javaDBRepository":"d/java:1","offline":false}}
            """);

    assertThat(ScanInputs.of(spec, "image"))
        .isEqualTo(
            new ScanInputs(
                "image",
                List.of("license", "misconfig", "vuln"),
                "http://s:1",
                "d/db:2",
                "d/java:1",
                false,
                "spdx-json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scanners\":[\"vuln\"]}",
        "{\"engine\":{\"serverURL\":\"http://s\"}}",
        "{\"engine\":{\"dbRepository\":\"d/db\"}}",
        "{\"engine\":{\"javaDBRepository\":\"d/db\"}}",
        "{\"engine\":{\"offline\":false}}",
        "{\"report\":{\"sbomFormat\":\"spdx-json\"}}"
      })
  void eachInputIsAnotherHash(String json) {
    assertThat(ScanInputs.of(spec(json), "image").hash()).isNotEqualTo(DEFAULTS.hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scanners\":[\"secret\",\"vuln\"]}",
        "{\"engine\":{\"offline\":true}}",
        "{\"failOn\":{\"severity\":\"LOW\"},\"onUnscannable\":\"Allow\",\"maxReportAge\":\"2h\"}",
        "{\"job\":{\"timeout\":\"1h\",\"maxConcurrent\":9},\"rescan\":{\"onDatabaseUpdate\":true}}",
        """
        {"exceptions":[{"id":"CVE-1","justification":"component_not_present",
                        "expiresAt":"2027-01-01T00:00:00Z"}]}
        """
      })
  void whatOnlyTheVerdictDependsOnIsTheSameHash(String json) {
    assertThat(ScanInputs.of(spec(json), "image").hash()).isEqualTo(DEFAULTS.hash());
  }

  @Test
  void theHashIsPinned() {
    // Another value scans every Artifact again after an upgrade: change it knowingly.
    assertThat(DEFAULTS.hash()).isEqualTo("72b4eb9213da652f22ab31acbdbfd0b8");
    assertThat(ScanInputs.of(spec("{}"), "newer").hash()).isNotEqualTo(DEFAULTS.hash());
  }

  @Test
  void policiesWithTheSameDatabaseShareItsKey() {
    var scanners = ScanInputs.of(spec("{\"scanners\":[\"secret\"]}"), "image");
    var repository = ScanInputs.of(spec("{\"engine\":{\"dbRepository\":\"d/db\"}}"), "image");

    assertThat(scanners.databaseKey("x")).isEqualTo(DEFAULTS.databaseKey("x")).hasSize(10);
    assertThat(repository.databaseKey("x")).isNotEqualTo(DEFAULTS.databaseKey("x"));
    assertThat(DEFAULTS.databaseKey("y")).isNotEqualTo(DEFAULTS.databaseKey("x"));
  }

  record CacheCase(String spec, Cache cache, boolean mustBeFilled) {}

  static Stream<CacheCase> caches() {
    var managed = new Cache.Shared("assay-trivy-" + DEFAULTS.databaseKey("managed"), true);
    return Stream.of(
        new CacheCase("{}", managed, true),
        new CacheCase("{\"job\":{}}", managed, true),
        new CacheCase(
            "{\"job\":{\"cache\":{\"claimName\":\"mine\"}}}",
            new Cache.Shared("mine", false),
            true),
        new CacheCase(
            "{\"job\":{\"cache\":{\"emptyDir\":{}}}}", new Cache.Fresh(Cache.ROOM_BYTES), false),
        new CacheCase(
            "{\"job\":{\"cache\":{\"emptyDir\":{\"sizeLimit\":\"1Gi\"}}}}",
            new Cache.Fresh(1L << 30),
            false),
        new CacheCase(
            "{\"engine\":{\"mode\":\"Server\",\"serverURL\":\"http://s\"}}",
            new Cache.Fresh(Cache.ROOM_BYTES),
            false));
  }

  @ParameterizedTest
  @MethodSource("caches")
  void theCacheIsSharedUnlessAskedOtherwise(CacheCase c) {
    var spec = spec(c.spec());

    var cache = Cache.of(spec, ScanInputs.of(spec, "image"));

    assertThat(cache).isEqualTo(c.cache());
    assertThat(cache.mustBeFilled()).isEqualTo(c.mustBeFilled());
  }

  @Test
  void jobSettingsHaveTheDefaultsOfTheSchema() {
    var defaults =
        new JobSettings(
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            4,
            5,
            10L << 30,
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());

    assertThat(JobSettings.of(spec("{}"))).isEqualTo(defaults);
    assertThat(JobSettings.of(spec("{\"job\":{\"resources\":{}}}"))).isEqualTo(defaults);
  }

  @Test
  void jobSettingsAreRead() {
    var spec =
        spec(
            """
            {"job":{"timeout":"1h","ttlAfterFinished":"0s","maxConcurrent":1,"retries":0,
              "maxScanSize":"1Gi","nodeSelector":{"a":"b"},"tolerations":[{"operator":"Exists"}],
              "resources":{"requests":{"cpu":"1"},"limits":{"memory":"2Gi"}}}}
            """);

    var settings = JobSettings.of(spec);

    assertThat(settings.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.ttlAfterFinished()).isZero();
    assertThat(settings.maxConcurrent()).isEqualTo(1);
    assertThat(settings.retries()).isZero();
    assertThat(settings.maxScanSizeBytes()).isEqualTo(1L << 30);
    assertThat(settings.requests()).isEqualTo(Map.of("cpu", "1"));
    assertThat(settings.limits()).isEqualTo(Map.of("memory", "2Gi"));
    assertThat(settings.nodeSelector()).isEqualTo(Map.of("a", "b"));
    assertThat(settings.tolerations()).hasSize(1);
  }

  private static ScanPolicySpec spec(String json) {
    try {
      return Json.MAPPER.readValue(json, ScanPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
