package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Resources;
import dev.assay.api.Toleration;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the server in front of the bytes runs.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(has(self.replicas) && has(self.autoscaling))",
    message = "dataPlane must have at most one of replicas and autoscaling")
@ValidationRule(
    value = "!(has(self.ingress) && has(self.route))",
    message = "dataPlane must have at most one of ingress and route")
public record DataPlane(
    @Min(1) @Max(100) @JsonPropertyDescription(
            "Number of servers; 1 when absent, and always 1 with provider filesystem.")
        @Nullable Integer replicas,
    @JsonPropertyDescription(
            "Scales with the load instead of a fixed number; not with provider filesystem.")
        @Nullable Autoscaling autoscaling,
    @JsonPropertyDescription("Compute resources of one server.") @Nullable Resources resources,
    @JsonPropertyDescription("Serves HTTPS inside the cluster; plain HTTP when absent.")
        @Nullable Tls tls,
    @JsonPropertyDescription("Makes the S3 port reachable from outside by an Ingress.")
        @Nullable Ingress ingress,
    @JsonPropertyDescription("Makes the S3 port reachable from outside by an OpenShift Route.")
        @Nullable Route route,
    @Size(max = 32) @JsonPropertyDescription("Labels that a node must have to run it.")
        Map<String, @Size(max = 63) String> nodeSelector,
    @Size(max = 32) @JsonPropertyDescription("Taints that it tolerates.")
        List<Toleration> tolerations) {
  public DataPlane {
    nodeSelector = Absent.asEmpty(nodeSelector);
    tolerations = Absent.asEmpty(tolerations);
  }

  /// Bounds of a HorizontalPodAutoscaler.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
      message = "minReplicas must not be greater than maxReplicas")
  public record Autoscaling(
      @Min(1) @Max(100) @JsonPropertyDescription("Fewest servers; 1 when absent.")
          @Nullable Integer minReplicas,
      @Required @Min(1) @Max(100) @JsonPropertyDescription("Most servers.") Integer maxReplicas) {}

  /// A certificate.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Tls(
      @Required
          @JsonPropertyDescription("Secret of type kubernetes.io/tls, such as cert-manager writes.")
          @Text(Shape.OBJECT_NAME)
          String secretName) {}

  /// An Ingress to the S3 port.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Ingress(
      @Required
          @JsonPropertyDescription("Host name that clients use; presigned URLs name it.")
          @Text(Shape.HOST)
          String host,
      @JsonPropertyDescription("IngressClass; the cluster's default when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String className,
      @JsonPropertyDescription(
              "Secret of type kubernetes.io/tls for the host; URLs are http:// when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String tlsSecretName) {}

  /// An OpenShift Route to the S3 port.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Route(
      @Required
          @JsonPropertyDescription("Host name that clients use; presigned URLs name it.")
          @Text(Shape.HOST)
          String host) {}
}
