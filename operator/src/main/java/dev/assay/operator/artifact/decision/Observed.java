package dev.assay.operator.artifact.decision;

import java.util.Optional;

/// Everything that the next step depends on.
///
/// @param keyTakenBy an older Artifact of the Bucket with the same effective key
/// @param partUrlLength bytes of one part's URL, for cutting a multipart upload
/// @param writesProgress whether enough time has passed to write `bytesReceived` again
public record Observed(
    Subject subject,
    BucketSight bucket,
    PolicySight policy,
    Optional<String> keyTakenBy,
    Sights.Session session,
    Sights.Version version,
    Sights.UrlSecret uploadSecret,
    Sights.UrlSecret partsSecret,
    Sights.UrlSecret downloadSecret,
    Sights.Scanning scanning,
    Sights.Signing signing,
    int partUrlLength,
    boolean writesProgress) {}
