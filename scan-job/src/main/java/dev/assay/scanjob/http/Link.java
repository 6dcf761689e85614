package dev.assay.scanjob.http;

import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// A presigned URL. It is a credential: its text never leaves this record but into a request.
public record Link(URI uri) {
  public static Link read(Path file) throws IOException, StepFailure {
    if (!Files.isRegularFile(file)) {
      throw new StepFailure("LinkMissing", "there is no file " + file);
    }
    try {
      var uri = URI.create(Files.readString(file).strip());
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new Link(uri);
      }
    } catch (IllegalArgumentException e) {
      // Its message would quote the URL.
    }
    throw new StepFailure("LinkMalformed", "the file " + file + " holds no http or https URL");
  }

  @Override
  public String toString() {
    return "a presigned URL";
  }
}
