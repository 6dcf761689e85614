package dev.assay.scanjob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// What an I/O error means to the operator, told without its message.
final class StepFailures {
  private StepFailures() {}

  static StepFailure of(RuntimeException e) {
    return e instanceof UncheckedIOException && e.getCause() instanceof IOException disk
        ? of(disk)
        : new StepFailure("InternalError", "a bug: " + e.getClass().getSimpleName());
  }

  static StepFailure of(IOException e) {
    var said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left")) {
      return new StepFailure("DiskFull", "the pod's disk is full: give it more ephemeral-storage");
    }
    return switch (e) {
      case NoSuchFileException file ->
          new StepFailure("FileMissing", "there is no file " + nameOf(file));
      case AccessDeniedException file ->
          new StepFailure("AccessDenied", "may not use the file " + nameOf(file));
      default -> new StepFailure("IoError", e.getClass().getSimpleName());
    };
  }

  /// Mounted files and our own are named; paths that come out of an archive are not.
  private static String nameOf(FileSystemException e) {
    var file = String.valueOf(e.getFile());
    return file.contains("/input/tree") || file.contains("/input/inside")
        ? "of the unpacked artifact"
        : file;
  }
}
