package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Takes bodies into the store, each on a platform thread: hashing keeps a thread busy for as long
/// as bytes come, and virtual threads, which all small requests run on, are not preempted.
public final class Uploads implements AutoCloseable {
  /// The one copy buffer of an upload: large enough that hashing outweighs the calls around it.
  private static final int BUFFER_BYTES = 128 * 1024;

  private final int max;
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("upload-", 0).factory());

  /// @param maxConcurrent further ones are told to slow down, before their bodies are read
  public Uploads(int maxConcurrent) {
    this.max = maxConcurrent;
    this.free = new Semaphore(maxConcurrent);
  }

  /// Bodies that are being taken now.
  public int inFlight() {
    return max - free.availablePermits();
  }

  /// What can be told of an upload's end: its result and the checksums that were given.
  record Received<T>(T stored, Map<String, String> attributes) {}

  /// Opens an upload in the store; called on the upload's thread.
  interface Opening<T> {
    Outcome<Upload<T>> open() throws IOException;
  }

  /// @throws RefusedException when the body or the store refuses, or there are too many
  <T> Received<T> receive(Request request, Incoming body, Opening<T> opening)
      throws IOException, InterruptedException {
    if (!free.tryAcquire()) {
      throw S3Error.of(503, "SlowDown", "Please reduce your request rate: too many uploads.")
          .exception();
    }
    try {
      return threads.submit(() -> take(request, body, opening)).get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      free.release();
    }
  }

  private static IOException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case null, default -> new IOException("the upload failed", e.getCause());
    };
  }

  private static <T> Received<T> take(Request request, Incoming body, Opening<T> opening)
      throws IOException {
    try (var upload = Refusals.orRefuse(opening.open(), body.signedHash())) {
      upload.onCut(request::cut);
      var verified = Refusals.orRefuse(checked(body, upload), body.signedHash());
      var stored = upload.commit(verified.expected(), verified.attributes());
      return new Received<>(Refusals.orRefuse(stored, body.signedHash()), verified.attributes());
    }
  }

  /// A check of the body's own that fails is told to the store, so that its session hears of it.
  private static Outcome<Incoming.Verified> checked(Incoming body, Upload<?> upload)
      throws IOException {
    try {
      return switch (copy(body, upload)) {
        case Outcome.Refused<Long>(var refusal) -> new Outcome.Refused<>(refusal);
        case Outcome.Done<Long> _ -> Outcome.done(body.verify());
      };
    } catch (RefusedException e) {
      upload.refuse(
          new Refusal(Refusal.Reason.Incomplete, "the announced body", e.error().message()));
      throw e;
    }
  }

  private static Outcome<Long> copy(Incoming body, Upload<?> upload) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    var in = body.stream();
    Outcome<Long> taken = Outcome.done(0L);
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      taken = upload.write(ByteBuffer.wrap(buffer, 0, n));
      if (taken instanceof Outcome.Refused<Long>) {
        return taken;
      }
    }
    return taken;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
