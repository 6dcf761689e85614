@NullMarked
package dev.assay.webhook;

import org.jspecify.annotations.NullMarked;
