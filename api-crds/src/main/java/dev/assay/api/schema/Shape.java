package dev.assay.api.schema;

/// A shape of a string: its longest length, the CEL rule on `self`, and the sentence that a person
/// reads when it does not hold. CEL instead of `pattern`, whose message is the bare expression.
public enum Shape {
  /// A SHA-256 as OCI writes it.
  DIGEST(71, "^sha256:[0-9a-f]{64}$", "must be sha256: followed by 64 lower-case hex digits"),
  /// The name of most Kubernetes objects (RFC 1123 subdomain).
  OBJECT_NAME(
      253,
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
      "must be the name of an object: lower-case letters, digits, '-' and '.', starting and ending"
          + " with a letter or digit"),
  /// The name of an item in a list, or of a namespace (RFC 1123 label).
  LABEL_NAME(
      63,
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
      "must be lower-case letters, digits and '-', starting and ending with a letter or digit"),
  /// A host name as a certificate or an Ingress has it.
  HOST(
      253,
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
      "must be a host name in lower case, without scheme or port"),
  /// An object's key in the store. `.assay/` is the operator's own (decision 8); `.` and `..`
  /// segments would be eaten by clients that normalise paths.
  KEY(
      1024,
      "^[^/\\\\x00-\\\\x1f\\\\x7f]+(/[^/\\\\x00-\\\\x1f\\\\x7f]+)*$",
      "must be a key such as agent/1.4.2/agent: no leading, trailing or double '/', no segment '.'"
          + " or '..', no control characters, not below .assay/",
      "!self.startsWith('.assay/') && self != '.assay' && !self.matches('(^|/)[.][.]?(/|$)')"),
  /// A file name: one segment of a key.
  FILENAME(
      255,
      "^[^/\\\\x00-\\\\x1f\\\\x7f]+$",
      "must be a file name without '/' and control characters, and not '.' or '..'",
      "self != '.' && self != '..'"),
  /// A glob over keys; `*` within a segment, `**` across.
  KEY_GLOB(
      1024,
      "^[^/\\\\x00-\\\\x1f\\\\x7f][^\\\\x00-\\\\x1f\\\\x7f]*$",
      "must be a glob over keys such as agent/**: not starting with '/', no control characters"),
  /// RFC 6838, without parameters.
  MEDIA_TYPE(
      255,
      "^[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]*/[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]*$",
      "must be a media type such as application/gzip, without parameters"),
  /// A media type or a whole family.
  MEDIA_TYPE_PATTERN(
      255,
      "^([*]/[*]|[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]*/([*]|[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]*))$",
      "must be a media type such as application/gzip, or a family such as application/*"),
  VERSION(
      128,
      "^[A-Za-z0-9][A-Za-z0-9._+-]*$",
      "must be a version such as 1.4.2: letters, digits and '.', '_', '+', '-', starting with a"
          + " letter or digit"),
  HTTPS_URL(
      2048,
      "^https://[^/?#@\\\\s]+([/?#][^\\\\s]*)?$",
      "must be an https:// URL without user name or password"),
  HTTP_URL(
      2048,
      "^https?://[^/?#@\\\\s]+([/?#][^\\\\s]*)?$",
      "must be an http:// or https:// URL without user name or password"),
  OCI_URL(
      512,
      "^oci://[^/@\\\\s]+(/[^/@:\\\\s]+)+$",
      "must be oci://host/repository without tag or digest: those go into ref"),
  OCI_REFERENCE(
      512,
      "^[a-z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)+(:[A-Za-z0-9_][A-Za-z0-9._-]*)?(@sha256:[0-9a-f]{64})?$",
      "must be an image reference such as registry.example.com/trivy/trivy-db:2"),
  /// Names of images, without tag and digest; `*` within a segment, `**` across.
  IMAGE_GLOB(
      255,
      "^[a-z0-9*][a-zA-Z0-9.*_-]*(:[0-9]+)?(/[a-z0-9.*_-]+)*$",
      "must be a glob over image names such as registry.example.com/team/**, without tag or digest"),
  CRON(
      100,
      "^[0-9A-Za-z*,/?#-]+( +[0-9A-Za-z*,/?#-]+){4}$",
      "must be a cron expression of five fields such as 0 3 * * *: minute, hour, day of month,"
          + " month, day of week"),
  TIME_ZONE(
      64,
      "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
      "must be a time zone such as Europe/Madrid or UTC"),
  PURL(
      1024,
      "^pkg:[a-z][a-z0-9.+-]*/[^\\\\s]+$",
      "must be a package URL such as pkg:deb/debian/zlib1g"),
  /// CVE, GHSA and vendors' advisories, and Trivy's rule names.
  FINDING_ID(
      128,
      "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
      "must be the id of a finding such as CVE-2021-44228 or aws-access-key-id"),
  /// A Kubernetes user or group name: anything printable.
  PRINCIPAL(256, "^[^\\\\x00-\\\\x1f\\\\x7f]+$", "must not be empty or hold control characters");

  private final int maxLength;
  private final String pattern;
  private final String message;
  private final String also;

  Shape(int maxLength, String pattern, String message) {
    this(maxLength, pattern, message, "");
  }

  Shape(int maxLength, String pattern, String message, String also) {
    this.maxLength = maxLength;
    this.pattern = pattern;
    this.message = message;
    this.also = also;
  }

  public int maxLength() {
    return maxLength;
  }

  public String message() {
    return message;
  }

  /// Whether a wrong value must not be repeated in the refusal, which ends in logs.
  public boolean mayHoldSecret() {
    return this == HTTPS_URL || this == HTTP_URL;
  }

  /// The CEL rule, over `self`.
  public String rule() {
    var matches = "self.matches('" + pattern + "')";
    return also.isEmpty() ? matches : matches + " && " + also;
  }
}
