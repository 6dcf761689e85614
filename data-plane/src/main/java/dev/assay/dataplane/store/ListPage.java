package dev.assay.dataplane.store;

import java.util.List;
import java.util.Optional;

/// One page of served keys.
///
/// @param next where the next page begins; empty on the last
public record ListPage(
    List<Version> versions, List<String> commonPrefixes, Optional<ListFrom> next) {}
