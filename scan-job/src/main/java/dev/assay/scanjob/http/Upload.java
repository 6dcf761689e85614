package dev.assay.scanjob.http;

import dev.assay.scanjob.StepFailure;
import dev.assay.scanjob.http.Attempts.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Puts a file by a presigned create-only URL. When an earlier attempt's answer was lost, the store
/// refuses the next one because the object is there: that is a success if its ETag says that the
/// bytes are ours, and a failure otherwise.
public final class Upload {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);

  private final HttpClient client;
  private final Attempts attempts;

  public Upload(HttpClient client, Attempts attempts) {
    this.client = client;
    this.attempts = attempts;
  }

  /// @param what for messages, e.g. `report`
  public void put(Path file, Link link, String what) throws StepFailure, InterruptedException {
    attempts.run("UploadFailed", attempt -> once(file, link, what, attempt));
  }

  private Outcome<Boolean> once(Path file, Link link, String what, int attempt)
      throws IOException, StepFailure, InterruptedException {
    var request =
        HttpRequest.newBuilder(link.uri())
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/gzip")
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofFile(file))
            .build();
    var response = client.send(request, BodyHandlers.discarding());
    int status = response.statusCode();
    if (status == 200 || status == 201 || status == 204) {
      return new Outcome.Done<>(true);
    }
    if (status == 409 || status == 412) {
      return exists(file, response, what, attempt);
    }
    if (Attempts.isTransient(status)) {
      return new Outcome.Transient<>("status " + status + " for the " + what);
    }
    throw new StepFailure("UploadRefused", "the store answered " + status + " for the " + what);
  }

  private static Outcome<Boolean> exists(
      Path file, HttpResponse<Void> response, String what, int attempt)
      throws IOException, StepFailure {
    var stored = response.headers().firstValue("ETag").map(Upload::unquoted);
    var ours = Optional.of(Digests.md5(file));
    if (attempt > 1 && stored.equals(ours)) {
      return new Outcome.Done<>(true);
    }
    throw new StepFailure(
        "UploadConflict",
        "the store holds another object where the %s belongs (ETag %s, ours is %s)"
            .formatted(what, stored.orElse("absent"), ours.orElseThrow()));
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}
