package dev.assay.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/// A server with what is in the leaf's Secret, and clients that trust a caBundle.
class HandshakeTest {
  private static final Issuer ISSUER = new Issuer("assay-system");
  private static final String HOST = "assay-webhook.assay-system.svc";

  private final Instant now = Instant.now();
  private final Signed older = ISSUER.authority(now.minusSeconds(60));
  private final Signed newer = ISSUER.authority(now);
  private final String both = Pem.of(newer.certificate()) + Pem.of(older.certificate());

  @Test
  void whileBothAreTrustedLeavesOfBothWork() throws Exception {
    assertThat(call(ISSUER.leaf(older, now), both, HOST)).isEqualTo("TLSv1.3");
    assertThat(call(ISSUER.leaf(newer, now), both, HOST)).isEqualTo("TLSv1.3");
    assertThat(call(ISSUER.leaf(newer, now), both, HOST + ".cluster.local")).isEqualTo("TLSv1.3");
  }

  @Test
  void aRetiredCaIsTrustedNoMore() {
    assertThatThrownBy(() -> call(ISSUER.leaf(older, now), Pem.of(newer.certificate()), HOST))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> call(ISSUER.leaf(newer, now), both, "other.assay-system.svc"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("No subject alternative DNS name matching");
  }

  /// @return the protocol
  private static String call(Signed leaf, String bundle, String host) throws Exception {
    var here = InetAddress.getLoopbackAddress();
    try (var server =
            (SSLServerSocket)
                serving(leaf).getServerSocketFactory().createServerSocket(0, 1, here);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ = executor.submit(() -> answer(server)); // the client sees what is wrong
      try (var plain = new Socket(here, server.getLocalPort());
          var client =
              (SSLSocket)
                  trusting(bundle)
                      .getSocketFactory()
                      .createSocket(plain, host, server.getLocalPort(), true)) {
        client.setSoTimeout(20_000);
        var parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        client.startHandshake();
        return client.getSession().getProtocol();
      }
    }
  }

  private static int answer(SSLServerSocket server) throws IOException {
    try (var socket = server.accept()) {
      return socket.getInputStream().read();
    }
  }

  private static SSLContext serving(Signed leaf) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var read = Signed.read(Pem.of(leaf.certificate()), Pem.of(leaf.key()));
    store.setKeyEntry("leaf", read.key(), new char[0], new Certificate[] {read.certificate()});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(String bundle) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var anchor : Pem.certificates(bundle)) {
      store.setCertificateEntry(anchor.getSubjectX500Principal().getName(), anchor);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
