@NullMarked
package dev.assay.operator.bucket;

import org.jspecify.annotations.NullMarked;
