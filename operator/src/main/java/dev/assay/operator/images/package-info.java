/// Verifies the images of Pods: which ones a ScanPolicy is about, when each is looked at, and what
/// was found. What is found goes to `ScanPolicy.status.images`, by the ScanPolicy's reconciler.
@NullMarked
package dev.assay.operator.images;

import org.jspecify.annotations.NullMarked;
