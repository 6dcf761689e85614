@NullMarked
package dev.assay.operator.status;

import org.jspecify.annotations.NullMarked;
