/// The data plane's process: its options, its parts put together, its log.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane;
