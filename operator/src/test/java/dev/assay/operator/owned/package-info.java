@NullMarked
package dev.assay.operator.owned;

import org.jspecify.annotations.NullMarked;
