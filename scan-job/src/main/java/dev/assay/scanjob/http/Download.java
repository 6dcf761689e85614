package dev.assay.scanjob.http;

import dev.assay.scanjob.StepFailure;
import dev.assay.scanjob.http.Attempts.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/// Gets the artifact to a file; length and SHA-256 are checked as it streams. Other bytes than the
/// ones asked for are a failure at once, and leave no file.
public final class Download {
  /// Until the answer's head; the body may take as long as the Job lives.
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final HttpClient client;
  private final Attempts attempts;

  public Download(HttpClient client, Attempts attempts) {
    this.client = client;
    this.attempts = attempts;
  }

  /// @param digest `sha256:<hex>`
  public void to(Path file, Link link, long sizeBytes, String digest)
      throws StepFailure, InterruptedException {
    attempts.run("DownloadFailed", attempt -> once(file, link, sizeBytes, digest));
  }

  private Outcome<Path> once(Path file, Link link, long sizeBytes, String digest)
      throws IOException, StepFailure, InterruptedException {
    var request = HttpRequest.newBuilder(link.uri()).timeout(ANSWER_WITHIN).GET().build();
    var response = client.send(request, BodyHandlers.ofInputStream());
    try (var body = response.body()) {
      int status = response.statusCode();
      if (Attempts.isTransient(status)) {
        return new Outcome.Transient<>("status " + status);
      }
      if (status != 200) {
        throw new StepFailure("DownloadRefused", "the store answered " + status + ", not 200");
      }
      return received(body, file, sizeBytes, digest);
    }
  }

  private static Outcome<Path> received(InputStream body, Path file, long sizeBytes, String digest)
      throws IOException, StepFailure {
    var sha256 = Digests.sha256();
    long received = copy(body, file, sizeBytes, sha256);
    if (received < sizeBytes) {
      return new Outcome.Transient<>("%d of %d bytes came".formatted(received, sizeBytes));
    }
    if (received > sizeBytes) {
      throw mismatch(file, "SizeMismatch", "more than " + sizeBytes + " bytes came");
    }
    var actual = "sha256:" + HexFormat.of().formatHex(sha256.digest());
    if (!actual.equals(digest)) {
      throw mismatch(file, "DigestMismatch", "expected " + digest + ", the store gave " + actual);
    }
    return new Outcome.Done<>(file);
  }

  private static long copy(InputStream body, Path file, long sizeBytes, MessageDigest sha256)
      throws IOException, StepFailure {
    var buffer = new byte[1 << 16];
    long received = 0;
    try (var out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int n = body.read(buffer); n >= 0 && received <= sizeBytes; n = body.read(buffer)) {
        try {
          out.write(buffer, 0, n);
        } catch (IOException e) {
          throw new UncheckedIOException(e); // our disk, which another attempt does not mend
        }
        sha256.update(buffer, 0, n);
        received += n;
      }
    }
    return received;
  }

  private static StepFailure mismatch(Path file, String reason, String message) throws IOException {
    Files.deleteIfExists(file);
    return new StepFailure(reason, message);
  }
}
