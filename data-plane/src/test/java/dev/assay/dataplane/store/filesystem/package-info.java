@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.store.filesystem;
