package dev.assay.api.crd;

import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.SizeText;
import dev.assay.api.schema.Text;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Walks a record and its schema side by side and puts in what stands in our annotations.
final class FieldFinish {
  /// Longest duration or quantity that anybody writes.
  private static final long SHORT_TEXT = 32;

  private FieldFinish() {}

  static void record(Class<?> type, JSONSchemaProps schema) {
    for (var component : type.getRecordComponents()) {
      var property = schema.getProperties().get(component.getName());
      if (property == null) {
        throw new IllegalStateException(component + " of " + type + " is not in the schema");
      }
      listType(component, property);
      field(component.getAnnotatedType(), property);
    }
    onceEach(schema);
  }

  private static void field(AnnotatedType annotated, JSONSchemaProps property) {
    onceEach(property);
    texts(annotated, property);
    var raw = raw(annotated.getType());
    if (raw == List.class) {
      field(arguments(annotated)[0], property.getItems().getSchema());
    } else if (raw == Map.class) {
      field(arguments(annotated)[1], property.getAdditionalProperties().getSchema());
    } else if (raw == Long.class || raw == long.class) {
      property.setFormat("int64");
    } else if (raw == Integer.class || raw == int.class) {
      property.setFormat("int32");
    } else if (raw == Instant.class) {
      property.setFormat("date-time");
      property.setMaxLength(SHORT_TEXT * 2);
    } else if (raw.isRecord()) {
      record(raw, property);
    }
  }

  private static void texts(AnnotatedType annotated, JSONSchemaProps property) {
    var text = annotated.getAnnotation(Text.class);
    if (text != null) {
      var shape = text.value();
      shape(property, shape.maxLength(), shape.rule(), shape.message(), !shape.mayHoldSecret());
    }
    var duration = annotated.getAnnotation(DurationText.class);
    if (duration != null) {
      shape(property, SHORT_TEXT, Texts.rule(duration), Texts.message(duration), true);
    }
    var size = annotated.getAnnotation(SizeText.class);
    if (size != null) {
      shape(property, SHORT_TEXT, Texts.rule(size), Texts.message(size), true);
    }
  }

  private static void shape(
      JSONSchemaProps property, long max, String rule, String message, boolean showsFound) {
    property.setMaxLength(max);
    var rules = new ArrayList<ValidationRule>();
    var built = new ValidationRuleBuilder().withRule(rule).withMessage(message);
    rules.add((showsFound ? built.withMessageExpression(Texts.withFound(message)) : built).build());
    rules.addAll(property.getXKubernetesValidations());
    property.setXKubernetesValidations(rules);
  }

  private static void listType(RecordComponent component, JSONSchemaProps property) {
    if (raw(component.getGenericType()) != List.class) {
      return;
    }
    var key = component.getAnnotation(KeyedBy.class);
    if (key != null) {
      property.setXKubernetesListType("map");
      property.setXKubernetesListMapKeys(List.of(key.value()));
    } else {
      property.setXKubernetesListType(
          component.isAnnotationPresent(AsSet.class) ? "set" : "atomic");
    }
  }

  /// A rule on a record component is seen twice, on the field and on the accessor.
  private static void onceEach(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
  }

  private static AnnotatedType[] arguments(AnnotatedType annotated) {
    return ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }
}
