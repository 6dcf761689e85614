package dev.assay.scanjob.unpack;

import com.github.luben.zstd.ZstdIOException;
import java.io.IOException;
import org.apache.commons.compress.MemoryLimitException;
import org.jspecify.annotations.Nullable;

/// What an archive reader's exception means. Readers wrap each other's exceptions, so the causes
/// are asked too.
final class Damage {
  private Damage() {}

  static Breach of(String format, IOException e) {
    @Nullable Throwable cause = e;
    for (int i = 0; cause != null && i < 10; i++, cause = cause.getCause()) {
      if (cause instanceof CountedStream.Stopped stopped) {
        return stopped.breach();
      }
      if (cause instanceof MemoryLimitException
          || cause instanceof org.tukaani.xz.MemoryLimitException
          || (cause instanceof ZstdIOException zstd && isWindow(zstd))) {
        return Decompress.tooLarge();
      }
    }
    return Breach.damaged(format);
  }

  private static boolean isWindow(ZstdIOException e) {
    return String.valueOf(e.getMessage()).contains("too much memory");
  }
}
