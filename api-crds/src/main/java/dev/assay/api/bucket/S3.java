package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A bucket of an S3 service; names as in Flux's Bucket.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "self.endpoint == oldSelf.endpoint && self.bucketName == oldSelf.bucketName && has(self.prefix) == has(oldSelf.prefix) && (!has(self.prefix) || self.prefix == oldSelf.prefix)",
    message = "endpoint, bucketName and prefix are immutable: the bytes would be left behind")
@ValidationRule(
    value = "!(has(self.secretRef) && has(self.serviceAccountName))",
    message = "s3 must have at most one of secretRef and serviceAccountName")
public record S3(
    @Required
        @Size(min = 1, max = 255) @ValidationRule(
            value = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$')",
            message = "endpoint must be a host, or host:port, without scheme or path")
        @JsonPropertyDescription("Host, or host:port, of the service, without scheme. Immutable.")
        String endpoint,
    @Size(min = 1, max = 64) @ValidationRule(
            value = "self.matches('^[a-z0-9-]+$')",
            message = "region must be lower-case letters, digits and '-', such as eu-west-1")
        @JsonPropertyDescription("Region that requests are signed for; us-east-1 when absent.")
        @Nullable String region,
    @Required
        @Size(min = 3, max = 63) @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9.-]*[a-z0-9]$')",
            message =
                "bucketName must be lower-case letters, digits, '.' and '-', starting and ending with a letter or digit")
        @JsonPropertyDescription("Name of the bucket there. Immutable.")
        String bucketName,
    @JsonPropertyDescription(
            "All keys lie below <prefix>/; the whole bucket when absent. Immutable.")
        @Nullable @Text(Shape.KEY)
        String prefix,
    @JsonPropertyDescription("Uses https://endpoint/bucket instead of https://bucket.endpoint.")
        @Nullable Boolean pathStyle,
    @JsonPropertyDescription(
            "Plain HTTP to the service; refused unless the operator was started with permission.")
        @Nullable Boolean insecure,
    @JsonPropertyDescription(
            "Secret with accesskey and secretkey; it must carry the label assay.dev/credential: \"true\".")
        @Nullable LocalRef secretRef,
    @JsonPropertyDescription("ServiceAccount with workload identity, instead of secretRef.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String serviceAccountName,
    @JsonPropertyDescription(
            "Secret with ca.crt, and tls.crt and tls.key where the service asks for them.")
        @Nullable LocalRef certSecretRef) {}
