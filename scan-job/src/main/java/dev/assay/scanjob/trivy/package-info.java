/// What is asked of Trivy, and running it.
@org.jspecify.annotations.NullMarked
package dev.assay.scanjob.trivy;
