@NullMarked
package dev.assay.webhook.promotion;

import org.jspecify.annotations.NullMarked;
