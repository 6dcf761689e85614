package dev.assay.api.crd;

import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.SizeText;

/// CEL rules and messages of durations and sizes.
final class Texts {
  /// Flux's pattern of a duration.
  private static final String DURATION = "^([0-9]+([.][0-9]+)?(ms|s|m|h))+$";

  private Texts() {}

  /// CEL that says the same as the message and what was found instead.
  static String withFound(String message) {
    return "\"%s; found '\" + self + \"'\""
        .formatted(message.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  static String rule(DurationText text) {
    return "self.matches('%s') && duration(self) >= duration('%s') && duration(self) <= duration('%s')"
        .formatted(DURATION, text.min(), text.max());
  }

  static String message(DurationText text) {
    return "must be a duration from %s to %s in ms, s, m and h, such as 90s or 1h30m"
        .formatted(text.min(), text.max());
  }

  static String rule(SizeText text) {
    return "isQuantity(self)%s && quantity(self).compareTo(quantity('%s')) >= 0 && quantity(self).compareTo(quantity('%s')) <= 0"
        .formatted(text.whole() ? " && quantity(self).isInteger()" : "", text.min(), text.max());
  }

  static String message(SizeText text) {
    return text.whole()
        ? "must be a size from %s to %s bytes, such as 500M or 10Gi"
            .formatted(text.min(), text.max())
        : "must be a quantity from %s to %s, such as 100m, 2 or 512Mi"
            .formatted(text.min(), text.max());
  }
}
