/// What is kept of Trivy's reports: merged, redacted, counted.
@org.jspecify.annotations.NullMarked
package dev.assay.scanjob.report;
