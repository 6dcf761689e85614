package dev.assay.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A self-signed certificate for 127.0.0.1, by the JDK's own keytool.
final class ServingCertificate {
  static final String PASSWORD = "only-for-tests";
  private static final String ALIAS = "webhook";
  private static @Nullable Path made;

  private ServingCertificate() {}

  static synchronized Path keyStore() {
    if (made == null) {
      made = make();
    }
    return made;
  }

  /// In PEM.
  static String certificate() {
    try {
      var store = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(
              Base64.getMimeEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path make() {
    try {
      var store = Files.createTempDirectory("assay-webhook").resolve("store.p12");
      var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
      var made =
          new ProcessBuilder(
                  keytool.toString(),
                  "-genkeypair",
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-dname",
                  "CN=webhook",
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-ext",
                  "bc=ca:true",
                  "-validity",
                  "2",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start()
              .waitFor();
      if (made != 0) {
        throw new AssertionError("keytool ended with " + made);
      }
      return store;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
