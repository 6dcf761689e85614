/// What is to happen next with an Artifact: pure functions over records. No I/O, no clock, no
/// logging.
@org.jspecify.annotations.NullMarked
package dev.assay.operator.artifact.decision;
