/// Objects that the operator owns: created without touching a foreign one of the same name, applied
/// without force, written only when they differ.
@NullMarked
package dev.assay.operator.owned;

import org.jspecify.annotations.NullMarked;
