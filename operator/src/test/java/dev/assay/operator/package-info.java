@NullMarked
package dev.assay.operator;

import org.jspecify.annotations.NullMarked;
