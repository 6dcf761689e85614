package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.CosiSecret;
import dev.assay.api.bucket.Access;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Secrets of a Bucket's access keys. The Secret that the data plane mounts is the truth; the one
/// that a person reads, in COSI's form, is made from it and comes back identical when it is
/// deleted.
final class AccessSecrets {
  /// On the mounted Secret: names of the Secrets in COSI's form, so that those no longer wanted are
  /// found without the right to list Secrets.
  static final String WRITTEN = "assay.dev/access-secrets";

  private AccessSecrets() {}

  /// The mounted Secret: keys that are there stay, new ones are drawn, and those no longer wanted
  /// are gone, which revokes them.
  ///
  /// @param there data of the Secret as it is, base64; empty before the first time
  /// @param written names of Secrets in COSI's form that exist or may exist
  /// @param draw makes a secret key
  static Secret mounted(
      Bucket bucket, Map<String, String> there, List<String> written, Supplier<String> draw) {
    var data = new TreeMap<String, String>();
    for (var id : ids(bucket)) {
      data.put(id, Objects.requireNonNullElseGet(there.get(id), () -> encode(draw.get())));
    }
    return new SecretBuilder()
        .withMetadata(Owner.of(bucket, BucketNames.keysSecret(bucket.getMetadata().getName())))
        .editMetadata()
        .addToAnnotations(WRITTEN, String.join(",", new TreeSet<>(written)))
        .endMetadata()
        .withType("Opaque")
        .withData(data)
        .build();
  }

  /// What S3 clients read, one for each of `spec.access.accessKeys`.
  ///
  /// @param mounted the Secret that the data plane mounts
  static List<Secret> forClients(Bucket bucket, Secret mounted) {
    return accessKeys(bucket).stream().map(key -> forClient(bucket, key, mounted)).toList();
  }

  private static Secret forClient(Bucket bucket, Access.AccessKey key, Secret mounted) {
    var metadata = bucket.getMetadata();
    var id = BucketNames.userKeyId(metadata.getUid(), key.name());
    return new SecretBuilder()
        .withMetadata(Owner.of(bucket, secretName(bucket, key)))
        .withType("Opaque")
        .withData(
            Map.of(
                CosiSecret.PROTOCOL, encode("S3"),
                CosiSecret.ENDPOINT,
                    encode(
                        BucketNames.internalEndpoint(metadata.getName(), metadata.getNamespace())),
                CosiSecret.BUCKET_ID, encode(metadata.getName()),
                CosiSecret.REGION, encode(Configuration.REGION),
                CosiSecret.ADDRESSING_STYLE, encode("path"),
                CosiSecret.ACCESS_KEY_ID, encode(id),
                CosiSecret.ACCESS_SECRET_KEY, mounted.getData().get(id)))
        .build();
  }

  /// Names of the Secrets that clients read.
  static List<String> clientSecretNames(Bucket bucket) {
    return accessKeys(bucket).stream().map(key -> secretName(bucket, key)).toList();
  }

  /// Names that a mounted Secret says were written.
  static List<String> written(Secret mounted) {
    var annotations = mounted.getMetadata().getAnnotations();
    var names = annotations == null ? "" : annotations.getOrDefault(WRITTEN, "");
    return Stream.of(names.split(",")).filter(name -> !name.isEmpty()).toList();
  }

  /// A Secret of which only the name and the owner matter.
  static Secret named(Bucket bucket, String name) {
    return new SecretBuilder().withMetadata(Owner.of(bucket, name)).build();
  }

  private static List<String> ids(Bucket bucket) {
    var uid = bucket.getMetadata().getUid();
    return Stream.concat(
            Stream.of(
                BucketNames.presignKeyId(uid),
                BucketNames.scannerKeyId(uid),
                BucketNames.publisherKeyId(uid)),
            accessKeys(bucket).stream().map(key -> BucketNames.userKeyId(uid, key.name())))
        .toList();
  }

  private static String secretName(Bucket bucket, Access.AccessKey key) {
    var said = key.secretName();
    return said == null ? bucket.getMetadata().getName() + "-" + key.name() : said;
  }

  private static List<Access.AccessKey> accessKeys(Bucket bucket) {
    var access = bucket.getSpec().access();
    return access == null ? List.of() : access.accessKeys();
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
