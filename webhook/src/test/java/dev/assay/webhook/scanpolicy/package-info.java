@NullMarked
package dev.assay.webhook.scanpolicy;

import org.jspecify.annotations.NullMarked;
