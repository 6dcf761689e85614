package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The running SHA-256 over the parts 1 … n of a multipart upload that came without a gap (decision
/// 10), with its state after each, so that a part that comes again costs only those behind it. It
/// lives in memory: after a restart parts are read once more.
final class PrefixHash {
  private final List<Checkpoint> checkpoints = new ArrayList<>();

  /// Held while parts are read, so that a part is not read by two.
  private final ReentrantLock reading = new ReentrantLock();

  private record Checkpoint(String blob, MessageDigest after) {}

  /// The state before a part, good as long as the part before it is still that blob.
  record Start(String blobBefore, MessageDigest digest) {}

  /// Reads a blob's bytes into a digest.
  interface Reader {
    void read(BlobExtent extent, MessageDigest into) throws IOException;
  }

  /// @return the state to stream part `number` through; empty when parts before it are missing
  synchronized Optional<Start> startOf(int number) {
    if (number > checkpoints.size() + 1) {
      return Optional.empty();
    }
    return Optional.of(start(number));
  }

  private Start start(int number) {
    if (number == 1) {
      return new Start("", Digests.fresh());
    }
    var before = checkpoints.get(number - 2);
    return new Start(before.blob(), Digests.fork(before.after()));
  }

  /// A part is stored; whatever was known of another part of that number is void.
  ///
  /// @param start what it was streamed through, with its bytes taken in
  synchronized void streamed(int number, String blob, Start start) {
    replaced(number);
    if (checkpoints.size() == number - 1 && lastBlob().equals(start.blobBefore())) {
      checkpoints.add(new Checkpoint(blob, start.digest()));
    }
  }

  /// Part `number` is another one now.
  synchronized void replaced(int number) {
    while (checkpoints.size() >= number) {
      checkpoints.removeLast();
    }
  }

  private synchronized String lastBlob() {
    return checkpoints.isEmpty() ? "" : checkpoints.getLast().blob();
  }

  /// How many parts from the first on are in.
  synchronized int length() {
    return checkpoints.size();
  }

  /// Takes the next part in by reading it.
  void readNext(int number, BlobExtent extent, Reader reader) throws IOException {
    reading.lock();
    try {
      Start start;
      synchronized (this) {
        if (checkpoints.size() != number - 1) {
          return; // somebody else has moved on
        }
        start = start(number);
      }
      reader.read(extent, start.digest());
      synchronized (this) {
        if (checkpoints.size() == number - 1 && lastBlob().equals(start.blobBefore())) {
          checkpoints.add(new Checkpoint(extent.blob(), start.digest()));
        }
      }
    } finally {
      reading.unlock();
    }
  }

  /// The SHA-256 over these parts, in lower-case hex; reads only what is not in yet.
  String digestOf(List<BlobExtent> chosen, Reader reader) throws IOException {
    reading.lock();
    try {
      MessageDigest digest;
      int known;
      synchronized (this) {
        known = 0;
        while (known < chosen.size()
            && known < checkpoints.size()
            && checkpoints.get(known).blob().equals(chosen.get(known).blob())) {
          known++;
        }
        digest = start(known + 1).digest();
      }
      for (var extent : chosen.subList(known, chosen.size())) {
        reader.read(extent, digest);
      }
      return Digests.hex(digest);
    } finally {
      reading.unlock();
    }
  }
}
