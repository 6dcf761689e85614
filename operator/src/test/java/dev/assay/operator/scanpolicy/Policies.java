package dev.assay.operator.scanpolicy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.wire.Json;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/// ScanPolicies for tables.
final class Policies {
  private Policies() {}

  static ScanPolicySpec spec(String json) {
    try {
      return Json.MAPPER.readValue(json, ScanPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /// @param created RFC 3339
  static ScanPolicy policy(String name, String created, String json) {
    var policy = new ScanPolicy();
    policy.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName(name)
            .withUid("uid-of-" + name)
            .withGeneration(3L)
            .withCreationTimestamp(created)
            .build());
    policy.setSpec(spec(json));
    return policy;
  }
}
