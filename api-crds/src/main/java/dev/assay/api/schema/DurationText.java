package dev.assay.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The string is a duration in Flux's form (`90s`, `1h30m`) between two bounds, both included.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface DurationText {
  String min() default "1s";

  /// Ten years unless said otherwise: Go's durations end at 292 years.
  String max() default "87600h";
}
