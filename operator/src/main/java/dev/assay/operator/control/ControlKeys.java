package dev.assay.operator.control;

import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.OperatorConfiguration;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Ed25519 key that signs control tokens. It lies in one Secret of the operator's namespace, is
/// created once and never written again, so that two replicas that start together agree. To replace
/// it, delete the Secret and restart the operator: data planes take the new public key from their
/// configuration.
@ApplicationScoped
public class ControlKeys {
  /// Name of the Secret.
  public static final String SECRET = "assay-control-key";

  /// PKCS #8, DER.
  static final String PRIVATE = "private.der";

  /// X.509 SubjectPublicKeyInfo, DER.
  static final String PUBLIC = "public.der";

  private final KubernetesClient kubernetes;
  private final String namespace;
  private @Nullable KeyPair pair;

  public ControlKeys(KubernetesClient kubernetes, OperatorConfiguration configuration) {
    this.kubernetes = kubernetes;
    this.namespace = configuration.namespace();
  }

  /// Reads the key, and makes one where there is none. Kept for the life of the process.
  ///
  /// @throws IOException when the Secret cannot be read or holds something else
  public synchronized KeyPair pair() throws IOException {
    if (pair == null) {
      pair = read(secret());
    }
    return pair;
  }

  /// What data planes check tokens with: base64 of X.509 SubjectPublicKeyInfo.
  public List<String> publicKeys() throws IOException {
    return List.of(Base64.getEncoder().encodeToString(pair().getPublic().getEncoded()));
  }

  private Secret secret() throws IOException {
    try {
      var found = kubernetes.secrets().inNamespace(namespace).withName(SECRET).get();
      return found == null ? create() : found;
    } catch (KubernetesClientException e) {
      throw new IOException("cannot read Secret " + namespace + "/" + SECRET, e);
    }
  }

  private Secret create() {
    try {
      return kubernetes.resource(fresh(namespace)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Another replica was faster: its key is the one.
      return kubernetes.secrets().inNamespace(namespace).withName(SECRET).require();
    }
  }

  private static Secret fresh(String namespace) {
    var fresh = generate();
    var base64 = Base64.getEncoder();
    return new SecretBuilder()
        .withNewMetadata()
        .withName(SECRET)
        .withNamespace(namespace)
        .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY)
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .withData(
            Map.of(
                PRIVATE, base64.encodeToString(fresh.getPrivate().getEncoded()),
                PUBLIC, base64.encodeToString(fresh.getPublic().getEncoded())))
        .build();
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private KeyPair read(Secret secret) throws IOException {
    try {
      var keys = KeyFactory.getInstance("Ed25519");
      return new KeyPair(
          keys.generatePublic(new X509EncodedKeySpec(bytes(secret, PUBLIC))),
          keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(secret, PRIVATE))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "Secret "
              + namespace
              + "/"
              + SECRET
              + " holds no Ed25519 key pair: delete it and restart the operator, which makes another",
          e);
    }
  }

  private static byte[] bytes(Secret secret, String key) {
    var data = secret.getData();
    if (data == null || !data.containsKey(key)) {
      throw new IllegalArgumentException("no " + key);
    }
    return Base64.getDecoder().decode(data.get(key));
  }
}
