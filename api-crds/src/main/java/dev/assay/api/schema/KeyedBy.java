package dev.assay.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The list is a map (`x-kubernetes-list-type: map`): no two items have the same values in these
/// fields, and server-side apply merges item by item.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface KeyedBy {
  String[] value();
}
