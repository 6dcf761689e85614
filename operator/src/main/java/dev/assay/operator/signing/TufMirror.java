package dev.assay.operator.signing;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;

import dev.sigstore.tuf.Fetcher;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads the files of a TUF repository by HTTP, each within half a minute and 128 KiB. The
/// library's own fetcher waits for as long as an answer's `Retry-After` says, which may be years,
/// and so leaves it to a mirror whether a root is ever refreshed.
///
/// The JDK's proxy properties (`https.proxyHost`, `http.nonProxyHosts` …) are honoured; the
/// environment's `HTTPS_PROXY` is not, as nowhere in the JDK.
final class TufMirror implements Fetcher {
  /// What `status.verifiers[].trustedRoot` may hold; metadata are bounded to 99 KiB by the library.
  static final int MOST_BYTES = 131_072;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String base;
  private final HttpClient client;
  private String asked = "";

  TufMirror(URI mirror, HttpClient client) {
    this.base = mirror.toString().endsWith("/") ? mirror.toString() : mirror + "/";
    this.client = client;
  }

  /// Redirects are followed, as everything is verified afterwards.
  static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(TIMEOUT)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  TufMirror below(String folder) {
    return new TufMirror(URI.create(base + folder), client);
  }

  /// The file that was asked for last; empty before the first.
  String asked() {
    return asked;
  }

  @Override
  public String getSource() {
    return base;
  }

  /// Null where the mirror has no such file, as the library wants it.
  @Override
  @SuppressWarnings("NullAway") // the library's interface carries no annotation
  public byte @Nullable [] fetchResource(String name, int mostBytes) throws IOException {
    asked = name;
    var bound = Math.min(mostBytes, MOST_BYTES);
    var request = HttpRequest.newBuilder(URI.create(base + name)).timeout(TIMEOUT).build();
    var answer = answer(request, bound);
    if (answer.statusCode() == HTTP_NOT_FOUND) {
      return null;
    }
    if (answer.statusCode() != HTTP_OK) {
      throw new IOException("the mirror answers with status " + answer.statusCode());
    }
    return answer.body();
  }

  // The request's own timeout ends with the headers.
  private HttpResponse<byte[]> answer(HttpRequest request, int bound) throws IOException {
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bound));
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the mirror does not answer within " + TIMEOUT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      answer.cancel(true);
    }
  }
}
