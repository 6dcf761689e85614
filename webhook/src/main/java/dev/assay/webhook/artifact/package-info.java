/// Admission of Artifacts.
@NullMarked
package dev.assay.webhook.artifact;

import org.jspecify.annotations.NullMarked;
