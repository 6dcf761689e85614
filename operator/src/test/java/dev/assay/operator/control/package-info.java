@NullMarked
package dev.assay.operator.control;

import org.jspecify.annotations.NullMarked;
