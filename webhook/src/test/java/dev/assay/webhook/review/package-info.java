@NullMarked
package dev.assay.webhook.review;

import org.jspecify.annotations.NullMarked;
