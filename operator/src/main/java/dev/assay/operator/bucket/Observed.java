package dev.assay.operator.bucket;

import dev.assay.api.bucket.BucketSpec;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.operator.owned.Applied;
import dev.assay.wire.control.StoreStatus;
import java.util.List;
import java.util.Optional;

/// The facts that a Bucket's status is decided from.
///
/// @param operatorNamespace where the operator runs, for messages
/// @param name of the Bucket, for messages
/// @param was the status as it is
/// @param objects what became of the objects that should be there
/// @param servers what the Deployment and its pods say
/// @param reach what the control port says
/// @param counts of the Bucket's Artifacts, as the informer has them
record Observed(
    String operatorNamespace,
    String namespace,
    String name,
    BucketSpec spec,
    Optional<BucketStatus> was,
    Objects objects,
    Servers servers,
    Reach reach,
    Counts counts) {

  /// What became of the data plane's objects.
  sealed interface Objects {
    /// All as desired.
    ///
    /// @param configurationDigest of the ConfigMap
    record AsDesired(String configurationDigest) implements Objects {}

    /// Left as they are, because the Bucket is suspended.
    record Suspended() implements Objects {}

    /// The spec asks for what this build does not do.
    record NotBuilt(List<String> paths) implements Objects {}

    /// The operator was started without what it needs.
    record NoImage() implements Objects {}

    /// Objects of an earlier Bucket of the same name are still going.
    record Leaving() implements Objects {}

    /// One object could not be made; those after it were not tried.
    record Blocked(Applied problem) implements Objects {}
  }

  /// @param ready servers that take requests
  /// @param trouble why a server does not start, as its pod says; empty for no trouble
  record Servers(int wanted, int ready, String trouble) {}

  sealed interface Reach {
    /// Nobody to ask yet.
    record NotAsked() implements Reach {}

    record Answers(StoreStatus status) implements Reach {}

    record Silent(String why) implements Reach {}
  }

  record Counts(int total, int ready, int quarantined) {}
}
