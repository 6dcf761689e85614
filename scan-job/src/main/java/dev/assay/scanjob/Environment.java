package dev.assay.scanjob;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables that the operator sets (`docs/reference/scan-job.md`). A missing or malformed one
/// is a `StepFailure` that names it.
public record Environment(Map<String, String> variables) {
  private static final String INVALID = "InvalidEnvironment";

  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  public String required(String name) throws StepFailure {
    return optional(name).orElseThrow(() -> new StepFailure(INVALID, name + " is not set"));
  }

  public long positive(String name, long otherwise) throws StepFailure {
    var text = optional(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number that is not positive.
    }
    throw new StepFailure(INVALID, name + " is " + text.get() + ", not a positive whole number");
  }

  public boolean flag(String name) {
    return optional(name).map(Boolean::parseBoolean).orElse(false);
  }

  public List<String> list(String name) {
    return optional(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /// The digest of the artifact, as `sha256:<64 hex>`.
  public String digest() throws StepFailure {
    var digest = required("ASSAY_DIGEST");
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw new StepFailure(INVALID, "ASSAY_DIGEST is " + digest + ", not sha256:<64 hex>");
    }
    return digest;
  }

  public URI serverUrl() throws StepFailure {
    var text = required("ASSAY_SERVER_URL");
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new StepFailure(INVALID, "ASSAY_SERVER_URL is not a URL");
    }
  }

  public Path path(String name, String otherwise) {
    return Path.of(optional(name).orElse(otherwise));
  }

  public Path input() {
    return path("ASSAY_WORK", "/work").resolve("input");
  }

  public Path output() {
    return path("ASSAY_WORK", "/work").resolve("output");
  }
}
