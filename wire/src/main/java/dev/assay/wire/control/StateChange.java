package dev.assay.wire.control;

import org.jspecify.annotations.Nullable;

/// Asks for a version's new state. Applying the same change again succeeds and changes nothing.
///
/// @param observedRevision the `stateRevision` that the decision was made on; another one in the
///   store answers 409 with the version as it is
/// @param sha256 the digest that was judged; another one in the store answers 409
/// @param reason a short word shown to clients that are refused, e.g. `VulnerabilitiesFound`
/// @param message a sentence shown to clients that are refused; never a secret
public record StateChange(
    VersionState to,
    long observedRevision,
    String sha256,
    @Nullable String reason,
    @Nullable String message) {}
