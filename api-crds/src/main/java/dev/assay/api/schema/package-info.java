/// What the CRDs say beyond the types: the generator reads these annotations.
@org.jspecify.annotations.NullMarked
package dev.assay.api.schema;
