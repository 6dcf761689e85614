@org.jspecify.annotations.NullMarked
package dev.assay.operator.signing;
