/// Admission of Pods and of what makes Pods: their images are signed as a ScanPolicy asks.
@NullMarked
package dev.assay.webhook.image;

import org.jspecify.annotations.NullMarked;
