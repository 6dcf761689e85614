package dev.assay.operator.owned;

/// What became of an object that should be as desired. What could not be found out (no API server,
/// a lost race) is a KubernetesClientException instead.
public sealed interface Applied {
  /// It is as desired.
  ///
  /// @param written whether this call changed it
  record Done(boolean written) implements Applied {}

  /// There is an object of this name that is not ours; it was not touched.
  ///
  /// @param object such as `Secret team/agent-upload`
  record Foreign(String object) implements Applied {}

  /// It is ours, but another field manager set some of its fields to something else; nothing was
  /// changed.
  ///
  /// @param fields the API server's words: who set which field
  record Contested(String object, String fields) implements Applied {}

  /// The operator lacks the right.
  record Denied(String object) implements Applied {}

  /// The API server refuses the object as it is desired.
  ///
  /// @param why the API server's words
  record Refused(String object, String why) implements Applied {}
}
