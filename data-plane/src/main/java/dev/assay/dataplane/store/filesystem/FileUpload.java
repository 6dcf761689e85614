package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Upload;
import dev.assay.dataplane.store.UploadCutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/// An upload into a temporary blob: counts, limits and digests the bytes; what they become is the
/// target's matter.
final class FileUpload<T> implements Upload<T>, LiveUploads.Live {
  private static final Refusal OVERTAKEN =
      new Refusal(
          Refusal.Reason.SessionCompleted, "one upload", "another upload of the session was first");

  private final LiveUploads live;
  private final Target<T> target;
  private final BlobWriter blob;
  private final Lanes lanes;
  private final Expected announced;
  private final long limitBytes;
  private final CutSwitch cut = new CutSwitch();
  private volatile boolean overtaken;
  private volatile long receivedBytes;
  private boolean settled;

  /// What the bytes are for.
  interface Target<T> {
    /// Whose uploads it is counted and cut with.
    String group();

    Outcome<T> publish(BlobWriter blob, long sizeBytes, Map<String, String> attributes)
        throws IOException;

    void refused(Refusal refusal) throws IOException;

    void progressed() throws IOException;
  }

  FileUpload(
      LiveUploads live,
      Target<T> target,
      BlobWriter blob,
      Lanes lanes,
      Expected announced,
      long limitBytes) {
    this.live = live;
    this.target = target;
    this.blob = blob;
    this.lanes = lanes;
    this.announced = announced;
    this.limitBytes = limitBytes;
    live.add(target.group(), this);
  }

  @Override
  public Outcome<Long> write(ByteBuffer chunk) throws IOException {
    requireUnsettled();
    if (overtaken) {
      return refused(OVERTAKEN);
    }
    var size = receivedBytes + chunk.remaining();
    if (size > limitBytes) {
      return refused(
          new Refusal(
              Refusal.Reason.TooLarge,
              "at most %d bytes".formatted(limitBytes),
              "%d bytes or more".formatted(size)));
    }
    if (announced.lengthBytes().isPresent() && size > announced.lengthBytes().getAsLong()) {
      return refused(
          Checks.incomplete(announced.lengthBytes().getAsLong(), size + " bytes or more"));
    }
    blob.write(chunk);
    receivedBytes = size;
    target.progressed();
    return Outcome.done(size);
  }

  @Override
  public Outcome<T> commit(Expected expected, Map<String, String> attributes) throws IOException {
    requireUnsettled();
    if (overtaken) {
      return refused(OVERTAKEN);
    }
    blob.finish();
    var refusal = check(announced);
    if (refusal.isEmpty()) {
      refusal = check(expected);
    }
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    live.remove(target.group(), this); // the winner is not cut by its own success
    var outcome = target.publish(blob, receivedBytes, attributes);
    settled = true;
    if (outcome instanceof Outcome.Refused<T>(var why)) {
      target.refused(why);
    }
    return outcome;
  }

  /// A digest that the client named only in a trailer is computed from the file.
  private Optional<Refusal> check(Expected expected) throws IOException {
    var sha256 = lanes.sha256Hex();
    if (expected.sha256().isPresent() && sha256.isEmpty()) {
      sha256 = Optional.of(fromFile(Digests.fresh()));
    }
    var md5 = lanes.md5Hex();
    if (expected.md5().isPresent() && md5.isEmpty()) {
      md5 = Optional.of(fromFile(Digests.md5()));
    }
    return Checks.judge(expected, receivedBytes, sha256, md5);
  }

  private String fromFile(MessageDigest digest) throws IOException {
    Hashing.read(blob.temp(), receivedBytes, digest);
    return Digests.hex(digest);
  }

  @Override
  public void refuse(Refusal refusal) throws IOException {
    requireUnsettled();
    settled = true;
    target.refused(refusal);
  }

  private <R> Outcome<R> refused(Refusal refusal) throws IOException {
    refuse(refusal);
    return new Outcome.Refused<>(refusal);
  }

  private void requireUnsettled() throws UploadCutException {
    if (cut.isCut()) {
      throw new UploadCutException("the upload's session was closed, or the store is closing");
    }
    if (settled) {
      throw new IllegalStateException("the upload was committed or refused already");
    }
  }

  @Override
  public long receivedBytes() {
    return receivedBytes;
  }

  @Override
  public void cut(LiveUploads.Cut why) {
    switch (why) {
      case SESSION_COMPLETED -> overtaken = true;
      case SESSION_CLOSED, STORE_CLOSING -> cut.cut();
    }
  }

  @Override
  public void onCut(Runnable action) {
    cut.onCut(action);
  }

  @Override
  public void close() throws IOException {
    live.remove(target.group(), this);
    blob.close();
    if (!settled && !cut.isCut()) {
      settled = true;
      var actual = "%d bytes, then the upload ended".formatted(receivedBytes);
      target.refused(
          announced.lengthBytes().isPresent()
              ? Checks.incomplete(announced.lengthBytes().getAsLong(), actual)
              : new Refusal(Refusal.Reason.Incomplete, "a whole body", actual));
    }
  }
}
