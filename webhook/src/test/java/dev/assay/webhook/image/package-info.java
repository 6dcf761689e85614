@NullMarked
package dev.assay.webhook.image;

import org.jspecify.annotations.NullMarked;
