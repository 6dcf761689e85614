package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Objects of an earlier Bucket of the same name that garbage collection has not reached yet. They
/// are not ours and not foreign either: they only have to go.
final class Leftovers {
  private final KubernetesClient client;

  Leftovers(KubernetesClient client) {
    this.client = client;
  }

  /// Asked only when an object could not be made.
  boolean isAny(Bucket bucket) {
    var metadata = bucket.getMetadata();
    var named =
        Stream.<HasMetadata>concat(
            Stream.of(
                AccessSecrets.named(bucket, BucketNames.keysSecret(metadata.getName())),
                Claim.of(bucket, Optional.empty()),
                Configuration.of(bucket, List.of()),
                Network.policy(bucket, ""),
                Network.s3(bucket),
                Network.control(bucket),
                Server.of(bucket, "")),
            AccessSecrets.clientSecretNames(bucket).stream()
                .map(name -> AccessSecrets.named(bucket, name)));
    return named.map(this::read).filter(Objects::nonNull).anyMatch(o -> isLeftover(o, bucket));
  }

  private @Nullable HasMetadata read(HasMetadata named) {
    try {
      return client.resource(named).get();
    } catch (KubernetesClientException e) {
      return null; // what may not be read explains nothing
    }
  }

  static boolean isLeftover(HasMetadata there, Bucket bucket) {
    var labels = there.getMetadata().getLabels();
    return labels != null
        && Labels.MANAGED_BY_ASSAY.equals(labels.get(Labels.MANAGED_BY))
        && bucket.getMetadata().getName().equals(labels.get(Labels.BUCKET))
        && (isGoing(there) || ownedByAnEarlierOne(there, bucket));
  }

  static boolean isGoing(HasMetadata there) {
    return there.getMetadata().getDeletionTimestamp() != null;
  }

  private static boolean ownedByAnEarlierOne(HasMetadata there, Bucket bucket) {
    var uid = bucket.getMetadata().getUid();
    return there.getMetadata().getOwnerReferences().stream()
        .filter(owner -> owner.getKind().equals(bucket.getKind()))
        .filter(owner -> owner.getName().equals(bucket.getMetadata().getName()))
        .map(OwnerReference::getUid)
        .anyMatch(other -> !other.equals(uid));
  }
}
