package dev.assay.wire.control;

import java.time.Instant;

/// What a data plane says of itself.
///
/// @param bucketUid whom it serves: the audience of its tokens
/// @param epoch of the index; another epoch means that the listing must be read again
/// @param objects versions outside `.assay/`
/// @param bytes their sizes added up
/// @param configurationDigest SHA-256 in hex of the configuration file that is in force
public record StoreStatus(
    String bucketUid,
    String epoch,
    long objects,
    long bytes,
    Instant observedAt,
    String configurationDigest) {}
