/// Spec and status of a Promotion.
@org.jspecify.annotations.NullMarked
package dev.assay.api.promotion;
