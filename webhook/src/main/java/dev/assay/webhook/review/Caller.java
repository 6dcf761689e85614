package dev.assay.webhook.review;

import java.util.List;
import java.util.Map;

/// Who sent a request, as the API server has authenticated them.
///
/// @param uid empty where the authenticator gives none
public record Caller(
    String username, String uid, List<String> groups, Map<String, List<String>> extra) {}
