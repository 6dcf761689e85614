package dev.assay.operator.images.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// GETs with a bound on everything: addresses, redirects, bytes, time.
final class Fetch {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final Perimeter perimeter;

  Fetch(Perimeter perimeter) {
    this.perimeter = perimeter;
  }

  /// @param authorization for this server alone: a redirect to another loses it
  /// @param mostBytes of the body; more is an error
  HttpResponse<byte[]> get(
      URI uri, String accept, Optional<String> authorization, long mostBytes, Deadline deadline)
      throws IOException {
    var at = uri;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      perimeter.check(at);
      var request = HttpRequest.newBuilder(at).timeout(deadline.left()).header("Accept", accept);
      if (Perimeter.sameOrigin(uri, at)) {
        authorization.ifPresent(value -> request.header("Authorization", value));
      }
      var answer = send(request.build(), mostBytes, deadline);
      if (!REDIRECTS.contains(answer.statusCode())) {
        return answer;
      }
      at = target(at, answer);
    }
    throw new IOException("%s redirects more than %d times".formatted(uri, MOST_REDIRECTS));
  }

  private static URI target(URI from, HttpResponse<byte[]> answer) throws IOException {
    var location = answer.headers().firstValue("Location").orElse("");
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " redirects to no address", e);
    }
  }

  // The request's own timeout ends with the headers; a body that drips is cut by ours.
  private HttpResponse<byte[]> send(HttpRequest request, long mostBytes, Deadline deadline)
      throws IOException {
    var answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
    var what = "GET " + request.uri().getHost() + request.uri().getRawPath();
    try {
      return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(what + ": " + describe(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException(what + ": no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(what).initCause(e);
    } finally {
      answer.cancel(true);
    }
  }

  /// The JDK's connect exceptions often have no message.
  private static String describe(@Nullable Throwable e) {
    return e instanceof IOException && e.getMessage() != null
        ? e.getMessage()
        : Optional.ofNullable(e).map(t -> t.getClass().getSimpleName()).orElse("failed");
  }
}
