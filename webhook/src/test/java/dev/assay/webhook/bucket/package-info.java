@NullMarked
package dev.assay.webhook.bucket;

import org.jspecify.annotations.NullMarked;
