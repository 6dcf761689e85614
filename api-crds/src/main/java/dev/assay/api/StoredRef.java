package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// An object in the Bucket's store, usually below `.assay/`.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredRef(
    @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Key in the Bucket.") String key,
    @Required @JsonPropertyDescription("SHA-256 of its bytes, sha256:<hex>.") @Text(Shape.DIGEST)
        String digest) {}
