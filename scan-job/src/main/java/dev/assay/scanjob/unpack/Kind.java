package dev.assay.scanjob.unpack;

/// What bytes are, as far as unpacking cares.
sealed interface Kind {
  /// One stream, made smaller.
  record Compressed(Codec codec) implements Kind {}

  /// Many files in one.
  record Archive(Format format) implements Kind {}

  /// An archive or disk image that this program cannot open. What cannot be opened is not clean.
  record Unopened(String format) implements Kind {}

  /// @param executable whether it gets the x-bit, without which Trivy reads no Go or Rust binary
  record Plain(boolean executable) implements Kind {}

  /// The format's name, for people.
  default String label() {
    return switch (this) {
      case Compressed(var codec) -> codec.name();
      case Archive(var format) -> format.name();
      case Unopened(var format) -> format;
      case Plain(var _) -> "plain";
    };
  }

  enum Codec {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Lzma,
    Lz4,
    Snappy,
    UnixCompress
  }

  enum Format {
    Tar,
    Zip,
    Cpio,
    Ar,
    Rpm
  }
}
