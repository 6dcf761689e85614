package dev.assay.operator.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.bucket.BucketNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The access keys that a Bucket's URLs are signed with, from the Secret that its data plane
/// mounts.
///
/// They are asked for again after `GOOD_FOR`: a thousand Artifacts made at once need one call, and
/// a changed key is in use soon.
final class BucketKeys {
  private static final Duration GOOD_FOR = Duration.ofSeconds(30);

  private record Read(Instant at, Map<String, String> secrets) {}

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, Read> byBucketUid = new ConcurrentHashMap<>();

  BucketKeys(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  Signing of(Bucket bucket) {
    var now = clock.instant();
    var read =
        byBucketUid.compute(
            bucket.getMetadata().getUid(),
            (uid, was) ->
                was != null && now.isBefore(was.at().plus(GOOD_FOR)) ? was : read(bucket, now));
    byBucketUid.values().removeIf(r -> !now.isBefore(r.at().plus(GOOD_FOR)));
    return Signing.of(bucket, read.secrets());
  }

  private Read read(Bucket bucket, Instant now) {
    var name = BucketNames.keysSecret(bucket.getMetadata().getName());
    var namespace = bucket.getMetadata().getNamespace();
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null || secret.getData() == null) {
      throw new Hindered(
          Reasons.DEPENDENCY_NOT_READY,
          "Secret '%s/%s' with the Bucket's keys is not there; its reconciler writes it"
              .formatted(namespace, name));
    }
    return new Read(
        now,
        secret.getData().entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> decoded(e.getValue()))));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }
}
