@NullMarked
package dev.assay.operator.scan;

import org.jspecify.annotations.NullMarked;
