package dev.assay.policy.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.policy.signature.Sha256;
import java.util.List;

/// What a verdict was judged by. Another rule, key, identity or trust root gives another digest,
/// and every verdict with the old one is void.
public final class RulesDigest {
  /// To be raised when the same rules come to mean something else, such as after a hole in the
  /// verification was closed: all verdicts are found again.
  private static final int VERSION = 1;

  /// Names in alphabetical order: JSON by itself promises none.
  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private record Rules(int version, List<VerifyRule> verify, List<Verifier> verifiers) {}

  private RulesDigest() {}

  /// @param verifiers `status.verifiers`
  /// @return `sha256:<hex>`
  public static String of(ScanPolicySpec spec, List<Verifier> verifiers) {
    try {
      var text = CANONICAL.writeValueAsString(new Rules(VERSION, spec.verify(), verifiers));
      return Sha256.of(text).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts are always JSON", e);
    }
  }
}
