package dev.assay.operator.presign;

/// An access key of a data plane that the operator signs with.
///
/// @param id known to everyone who holds a URL
/// @param secret never printed: `toString` leaves it out
public record AccessKey(String id, String secret) {
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
