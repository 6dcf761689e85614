/// Spec and status of an Artifact.
@org.jspecify.annotations.NullMarked
package dev.assay.api.artifact;
