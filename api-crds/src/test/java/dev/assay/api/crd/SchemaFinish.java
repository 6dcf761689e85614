package dev.assay.api.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finishes a generated CRD: the status default, list types, formats, our shapes of strings,
/// descriptions of the kinds, and the printer columns in the order in which they are written.
final class SchemaFinish implements CRDPostProcessor {
  /// Flux must not expand `${…}` in our descriptions and rules.
  private static final Map<String, String> ANNOTATIONS =
      Map.of("kustomize.toolkit.fluxcd.io/substitute", "disabled");

  private final List<Class<? extends HasMetadata>> kinds;

  SchemaFinish(List<Class<? extends HasMetadata>> kinds) {
    this.kinds = kinds;
  }

  @Override
  public HasMetadata process(HasMetadata resource, String crdSpecVersion) {
    var crd = (CustomResourceDefinition) resource;
    var kind =
        kinds.stream()
            .filter(k -> k.getSimpleName().equals(crd.getSpec().getNames().getKind()))
            .findFirst()
            .orElseThrow();
    crd.getMetadata().setAnnotations(ANNOTATIONS);
    crd.getSpec().getVersions().forEach(version -> finish(version, kind));
    return crd;
  }

  private static void finish(CustomResourceDefinitionVersion version, Class<?> kind) {
    var root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(description(kind));
    root.setRequired(List.of("spec"));
    var types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    part(root, "spec", (Class<?>) types[0]);
    part(root, "status", (Class<?>) types[1]);
    // A fresh object must never look ready to kstatus, which takes "no conditions" for Current.
    property(root, "status")
        .setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    root.setXKubernetesValidations(
        Arrays.stream(kind.getAnnotationsByType(ValidationRule.class))
            .map(SchemaFinish::rule)
            .toList());
    sortColumns(version, kind);
  }

  private static void part(JSONSchemaProps root, String name, Class<?> type) {
    var schema = property(root, name);
    schema.setDescription(description(type));
    FieldFinish.record(type, schema);
  }

  private static JSONSchemaProps property(JSONSchemaProps root, String name) {
    var schema = root.getProperties().get(name);
    if (schema == null) {
      throw new IllegalStateException("the generated schema has no " + name);
    }
    return schema;
  }

  private static String description(Class<?> type) {
    var description = type.getAnnotation(JsonClassDescription.class);
    if (description == null) {
      throw new IllegalStateException(type + " has no @JsonClassDescription");
    }
    return description.value();
  }

  private static io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule rule(
      ValidationRule rule) {
    var builder = new ValidationRuleBuilder().withRule(rule.value()).withMessage(rule.message());
    return rule.optionalOldSelf() ? builder.withOptionalOldSelf(true).build() : builder.build();
  }

  private static void sortColumns(CustomResourceDefinitionVersion version, Class<?> kind) {
    var order =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    var columns = new ArrayList<>(version.getAdditionalPrinterColumns());
    columns.sort(
        Comparator.comparingInt((CustomResourceColumnDefinition c) -> order.indexOf(c.getName())));
    version.setAdditionalPrinterColumns(columns);
  }
}
