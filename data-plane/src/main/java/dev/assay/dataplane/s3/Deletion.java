package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.DeleteOutcome;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Store;
import java.io.IOException;
import java.util.Optional;

/// Deletes what is served under one key. Clients take away what is served; other versions are the
/// operator's business.
record Deletion(String key, Optional<String> versionId, Precondition precondition) {

  /// @throws RefusedException when the store or the version id refuses
  void from(Store store) throws IOException {
    var other = versionId.filter(id -> !id.equals("null"));
    if (key.startsWith(Store.INTERNAL)) {
      throw S3Error.accessDenied("Access Denied: %s belongs to the operator.".formatted(key))
          .exception();
    }
    if (other.isPresent()) {
      checkServed(store, other.get());
    }
    switch (store.deleteServed(key, precondition)) {
      case DeleteOutcome.Deleted _, DeleteOutcome.Nothing() -> {}
      case DeleteOutcome.Refused(var refusal) -> throw Refusals.error(refusal, false).exception();
    }
  }

  private void checkServed(Store store, String version) throws IOException {
    var served =
        store
            .describe(version)
            .filter(found -> found.stored().key().equals(key) && found.stored().served());
    if (served.isEmpty()) {
      throw S3Error.accessDenied(
              "Only the version that is served can be deleted: %s is not it.".formatted(version))
          .exception();
    }
  }
}
