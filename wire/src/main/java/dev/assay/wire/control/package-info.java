/// The control port of a data plane, which only the operator calls: sessions, versions, states and
/// the change feed.
@org.jspecify.annotations.NullMarked
package dev.assay.wire.control;
