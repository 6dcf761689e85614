@NullMarked
package dev.assay.operator.scanpolicy;

import org.jspecify.annotations.NullMarked;
