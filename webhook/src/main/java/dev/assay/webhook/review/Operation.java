package dev.assay.webhook.review;

/// What a request does, in the API server's words.
public enum Operation {
  CREATE,
  UPDATE,
  DELETE,
  CONNECT
}
