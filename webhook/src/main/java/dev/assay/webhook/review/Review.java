package dev.assay.webhook.review;

import com.fasterxml.jackson.databind.JsonNode;

/// One request that waits for an answer.
///
/// @param uid names the review in its answer
/// @param kind of the object, such as `Artifact`
/// @param subresource empty for the object itself
/// @param namespace empty for an object without one
/// @param name empty where the API server makes it (`generateName`)
/// @param object a MissingNode when the request deletes
/// @param oldObject a MissingNode when the request creates
public record Review(
    String uid,
    Operation operation,
    String kind,
    String subresource,
    String namespace,
    String name,
    Caller caller,
    boolean dryRun,
    JsonNode object,
    JsonNode oldObject) {}
