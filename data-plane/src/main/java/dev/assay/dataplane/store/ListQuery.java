package dev.assay.dataplane.store;

/// A listing of served keys.
///
/// @param delimiter empty for none; any string is legal
/// @param limit keys and common prefixes together, 0 … 1,000
/// @param withInternal whether keys below `.assay/` are listed
public record ListQuery(
    String prefix, String delimiter, ListFrom from, int limit, boolean withInternal) {}
