@org.jspecify.annotations.NullMarked
package dev.assay.operator.images.registry;
