package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One file on an HTTPS server.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.url == oldSelf.url",
    message = "url is immutable: create another Artifact",
    fieldPath = ".url")
public record HttpSource(
    @Required
        @JsonPropertyDescription(
            "Where the bytes are; https only, redirects to private addresses are refused. Immutable.")
        @Text(Shape.HTTPS_URL)
        String url,
    @JsonPropertyDescription(
            "Secret with username and password, or bearerToken; it must carry the label assay.dev/credential: \"true\".")
        @Nullable LocalRef secretRef,
    @JsonPropertyDescription(
            "Secret with tls.crt, tls.key and ca.crt for the server; ca.crt extends the system's authorities.")
        @Nullable LocalRef certSecretRef) {}
