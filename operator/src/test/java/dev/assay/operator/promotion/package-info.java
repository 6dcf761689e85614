@NullMarked
package dev.assay.operator.promotion;

import org.jspecify.annotations.NullMarked;
