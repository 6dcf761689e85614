package dev.assay.operator.scan;

/// The bytes that a scan Job is about.
///
/// @param artifact name of the Artifact, at most 63 characters
/// @param uid of the Artifact
/// @param digest `sha256:<hex>`
/// @param type `spec.type`
/// @param filename the last segment of the key where the spec has none
public record ScanSubject(
    String namespace,
    String artifact,
    String uid,
    String digest,
    long sizeBytes,
    String type,
    String filename,
    String mediaType) {}
