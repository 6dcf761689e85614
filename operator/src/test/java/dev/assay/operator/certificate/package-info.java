@NullMarked
package dev.assay.operator.certificate;

import org.jspecify.annotations.NullMarked;
