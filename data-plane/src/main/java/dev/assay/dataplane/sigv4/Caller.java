package dev.assay.dataplane.sigv4;

/// Who sends a request.
public sealed interface Caller {
  record Anonymous() implements Caller {}

  /// @param presigned whether the signature came in the query
  record Key(String accessKeyId, boolean presigned) implements Caller {}

  /// @param payload what is known of the body before it is read
  record Authenticated(Caller caller, Payload payload) {}
}
