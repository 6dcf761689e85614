/// The Artifact's reconciler: the shell around `decision`, which looks and acts.
@org.jspecify.annotations.NullMarked
package dev.assay.operator.artifact;
