/// All Artifacts in memory, once, for whoever counts them.
@NullMarked
package dev.assay.operator.census;

import org.jspecify.annotations.NullMarked;
