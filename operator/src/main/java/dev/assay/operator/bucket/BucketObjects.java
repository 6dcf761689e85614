package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.owned.OwnedObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings a Bucket's objects into being, one after the other, and stops at the first that cannot be
/// made: the server comes last, so it never runs without its network policy.
final class BucketObjects {
  static final String FIELD_MANAGER = "assay-bucket";

  /// 256 bits, in characters that need no quoting anywhere.
  private static final int SECRET_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KubernetesClient client;
  private final OwnedObjects owned;
  private final Leftovers leftovers;

  BucketObjects(KubernetesClient client) {
    this.client = client;
    this.owned = new OwnedObjects(client, FIELD_MANAGER);
    this.leftovers = new Leftovers(client);
  }

  /// What the objects are made from beside the Bucket.
  record Surroundings(String image, List<String> publicKeys, String operatorNamespace) {}

  Observed.Objects apply(Bucket bucket, Surroundings with, Context<Bucket> context) {
    var configuration = Configuration.of(bucket, with.publicKeys());
    var policy = Network.policy(bucket, with.operatorNamespace());
    List<Supplier<Applied>> steps =
        List.of(
            () -> keys(bucket),
            () -> claim(bucket, context),
            () -> apply(ConfigMap.class, configuration, context),
            () -> apply(NetworkPolicy.class, policy, context),
            () -> apply(Service.class, Network.s3(bucket), context),
            () -> apply(Service.class, Network.control(bucket), context),
            () -> apply(Deployment.class, Server.of(bucket, with.image()), context));
    for (var step : steps) {
      var applied = step.get();
      if (!(applied instanceof Applied.Done)) {
        return leftovers.isAny(bucket)
            ? new Observed.Objects.Leaving()
            : new Observed.Objects.Blocked(applied);
      }
    }
    return new Observed.Objects.AsDesired(Configuration.digest(configuration));
  }

  private <T extends HasMetadata> Applied apply(Class<T> type, T desired, Context<Bucket> context) {
    return owned.apply(desired, seen(type, desired, context));
  }

  private static <T extends HasMetadata> Optional<T> seen(
      Class<T> type, HasMetadata desired, Context<Bucket> context) {
    return context
        .getSecondaryResourcesAsStream(type)
        .filter(o -> o.getMetadata().getName().equals(desired.getMetadata().getName()))
        .findFirst();
  }

  private Applied claim(Bucket bucket, Context<Bucket> context) {
    var there = seen(PersistentVolumeClaim.class, Claim.of(bucket, Optional.empty()), context);
    var desired = Claim.of(bucket, there);
    var free = there.filter(claim -> Claim.isLeftBehind(claim, bucket));
    return free.isPresent() && !Leftovers.isGoing(free.get())
        ? owned.adopt(desired, free.get())
        : owned.apply(desired, there);
  }

  /// Secrets are not watched, so that nobody needs the right to list them: they are read by name.
  private Applied keys(Bucket bucket) {
    var name = BucketNames.keysSecret(bucket.getMetadata().getName());
    Optional<Secret> there;
    try {
      there = Optional.ofNullable(client.resource(AccessSecrets.named(bucket, name)).get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return new Applied.Denied("Secret " + bucket.getMetadata().getNamespace() + "/" + name);
      }
      throw e;
    }
    var ours = there.filter(s -> OwnedObjects.isOurs(s, AccessSecrets.named(bucket, name)));
    var data = ours.map(Secret::getData).filter(Objects::nonNull).orElse(Map.of());
    var wanted = AccessSecrets.clientSecretNames(bucket);
    var written = new ArrayList<>(ours.map(AccessSecrets::written).orElse(List.of()));
    written.addAll(wanted); // before they are: what is written must be found again after a crash
    var mounted = AccessSecrets.mounted(bucket, data, written, BucketObjects::draw);
    var applied = owned.apply(mounted, there);
    return applied instanceof Applied.Done ? clientSecrets(bucket, mounted, written) : applied;
  }

  private Applied clientSecrets(Bucket bucket, Secret mounted, List<String> written) {
    for (var secret : AccessSecrets.forClients(bucket, mounted)) {
      var applied = owned.apply(secret, Optional.empty());
      if (!(applied instanceof Applied.Done)) {
        return applied;
      }
    }
    var wanted = AccessSecrets.clientSecretNames(bucket);
    var leftOver = written.stream().filter(name -> !wanted.contains(name)).distinct().toList();
    if (leftOver.isEmpty()) {
      return new Applied.Done(false);
    }
    leftOver.forEach(name -> owned.delete(AccessSecrets.named(bucket, name)));
    var tidied = AccessSecrets.mounted(bucket, mounted.getData(), wanted, BucketObjects::draw);
    return owned.apply(tidied, Optional.empty());
  }

  /// Removes the volume's claim, if it is this Bucket's.
  void deleteClaim(Bucket bucket) {
    owned.delete(Claim.of(bucket, Optional.empty()));
  }

  private static String draw() {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
