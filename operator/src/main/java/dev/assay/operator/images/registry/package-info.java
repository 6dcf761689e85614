/// Reads what stands beside an image in its registry, as a guest who trusts neither the registry
/// nor whoever named it.
@org.jspecify.annotations.NullMarked
package dev.assay.operator.images.registry;
