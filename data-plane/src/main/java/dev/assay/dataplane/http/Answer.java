package dev.assay.dataplane.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a handler answers. `Content-Length`, `Date` and `Connection` are the engine's business; a
/// HEAD gets the same headers and no body.
public sealed interface Answer {
  int status();

  Map<String, String> headers();

  long lengthBytes();

  /// The same answer with headers added; those that it has itself stay.
  default Answer with(Map<String, String> more) {
    var all = new HashMap<>(more);
    all.putAll(headers());
    return switch (this) {
      case Bytes bytes -> new Bytes(bytes.status, all, bytes.body);
      case Files files -> new Files(files.status, all, files.regions, files.lease);
      case HeadersOnly only -> new HeadersOnly(only.status, all, only.lengthBytes);
    };
  }

  /// Small enough to be held in memory.
  record Bytes(int status, Map<String, String> headers, ByteBuffer body) implements Answer {
    @Override
    public long lengthBytes() {
      return body.remaining();
    }
  }

  /// Runs of bytes in files, sent one after another without passing through this process.
  ///
  /// @param lease closed once when the answer is sent or given up; the files stay until then
  record Files(int status, Map<String, String> headers, List<Region> regions, Runnable lease)
      implements Answer {
    @Override
    public long lengthBytes() {
      return regions.stream().mapToLong(Region::lengthBytes).sum();
    }
  }

  /// Only headers, for a HEAD of something large or a 304.
  ///
  /// @param lengthBytes what a GET would give; below 0 for no Content-Length at all
  record HeadersOnly(int status, Map<String, String> headers, long lengthBytes) implements Answer {}

  record Region(Path file, long offset, long lengthBytes) {}

  static Bytes text(int status, Map<String, String> headers, String body) {
    return new Bytes(status, headers, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Bytes empty(int status, Map<String, String> headers) {
    return new Bytes(status, headers, ByteBuffer.allocate(0));
  }
}
