package dev.assay.scanjob.unpack;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;

/// Opens a compressed stream with a bounded window. Concatenated members are all read, as the
/// formats' own tools do, or a second member would go unseen.
final class Decompress {
  private static final int KIB = 1024;

  private Decompress() {}

  static InputStream open(Kind.Codec codec, InputStream in) throws IOException, Breach {
    try {
      return switch (codec) {
        case Gzip ->
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
        case Zstd -> zstd(in);
        case Bzip2 -> new BZip2CompressorInputStream(in, true);
        case Xz ->
            XZCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .setMemoryLimitKiB(memoryLimitKib())
                .get();
        case Lzma ->
            LZMACompressorInputStream.builder()
                .setInputStream(in)
                .setMemoryLimitKiB(memoryLimitKib())
                .get();
        case Lz4 -> new FramedLZ4CompressorInputStream(in, true);
        case Snappy -> new FramedSnappyCompressorInputStream(in);
        case UnixCompress -> new ZCompressorInputStream(in, memoryLimitKib());
      };
    } catch (MemoryLimitException e) {
      throw tooLarge();
    }
  }

  static Breach tooLarge() {
    return new Breach(
        "WindowTooLarge",
        "it was compressed with a window of more than "
            + memoryLimitKib() / KIB
            + " MiB, which the scan Job's memory does not hold");
  }

  /// Half of the heap, so that a Job with more memory opens more.
  private static int memoryLimitKib() {
    return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / KIB);
  }

  private static InputStream zstd(InputStream in) throws IOException {
    var stream = new ZstdInputStreamNoFinalizer(in);
    // The window lies outside the heap, in the memory that the pod has beside it.
    int log = 63 - Long.numberOfLeadingZeros((long) memoryLimitKib() * KIB);
    stream.setLongMax(Math.clamp(log, 23, 27)); // 8 MiB, which every decoder offers, to 128 MiB
    return stream;
  }
}
