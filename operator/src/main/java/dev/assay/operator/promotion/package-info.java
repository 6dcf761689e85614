/// The reconciler of Promotions: this build says that it does not act on them.
@NullMarked
package dev.assay.operator.promotion;

import org.jspecify.annotations.NullMarked;
