/// Where the bytes lie: what the data plane asks of a store, whatever it is built on.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.store;
