package dev.assay.operator.control;

/// Names of upload sessions.
public final class Sessions {
  private Sessions() {}

  /// The Artifact that a session belongs to: ids are the Artifact's UID, or begin with it and a dot
  /// where an Artifact needs another session after its first.
  public static String artifactUid(String session) {
    var dot = session.indexOf('.');
    return dot < 0 ? session : session.substring(0, dot);
  }
}
