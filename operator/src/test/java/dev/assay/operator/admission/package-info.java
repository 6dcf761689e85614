@org.jspecify.annotations.NullMarked
package dev.assay.operator.admission;
