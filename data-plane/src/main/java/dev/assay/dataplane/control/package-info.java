/// The control port: what only the operator may ask, each call with a token of its own.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.control;
