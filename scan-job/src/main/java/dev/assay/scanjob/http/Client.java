package dev.assay.scanjob.http;

import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The HTTP client of a step. It follows redirects (a data plane over S3 answers with one), but
/// never from https to http.
public final class Client {
  /// Beside the URL in a mounted Secret: PEM certificates to trust instead of the JDK's.
  private static final String AUTHORITY = "ARTIFACT_CERTIFICATE_AUTHORITY";

  private Client() {}

  public static HttpClient forSecret(Path secret) throws IOException, StepFailure {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10));
    var authority = secret.resolve(AUTHORITY);
    if (Files.isRegularFile(authority) && Files.size(authority) > 0) {
      builder.sslContext(trusting(authority));
    }
    return builder.build();
  }

  private static SSLContext trusting(Path pem) throws IOException, StepFailure {
    try (var in = Files.newInputStream(pem)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new StepFailure("AuthorityMalformed", "the file " + pem + " holds no certificates");
    }
  }
}
