package dev.assay.dataplane.store.filesystem;

/// Whose bytes a root holds.
///
/// @param name the Bucket's name, which is the S3 bucket's
/// @param uid the Bucket's UID; another one with the same name adopts the root (a retained volume)
public record BucketIdentity(String name, String uid) {}
