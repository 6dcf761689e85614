package dev.assay.policy.scan;

import java.util.List;

/// What of a ScanPolicy the verdict depends on, read once and without gaps.
///
/// @param threshold a vulnerability at least this bad fails
/// @param ignoreUnfixed whether a vulnerability without a fixed version is let through
/// @param secretsFail whether any secret fails
/// @param allowUnscannable whether what cannot be scanned is released all the same
public record VerdictRules(
    Severity threshold,
    boolean ignoreUnfixed,
    boolean secretsFail,
    boolean allowUnscannable,
    List<Exemption> exemptions) {}
