package dev.assay.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The string is a Kubernetes quantity (`10Gi`, `500M`) between two bounds, both included.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface SizeText {
  String min() default "1";

  /// Within a signed 64-bit count of bytes.
  String max() default "1Ei";

  /// Whether fractions such as `500m` are refused.
  boolean whole() default true;
}
