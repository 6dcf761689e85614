/// The store on a filesystem: blobs by id, keys in an SQLite index (docs/adr/0003-store-layout.md).
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.store.filesystem;
