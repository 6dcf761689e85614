/// What signatures are checked with, read from the Secrets that policies and Artifacts name.
@org.jspecify.annotations.NullMarked
package dev.assay.operator.signing;
