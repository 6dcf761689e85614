package dev.assay.scanjob.unpack;

import com.fasterxml.jackson.core.JsonToken;
import dev.assay.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Which SBOM format a file is, by its content: the top-level field that each format requires.
public enum SbomFormat {
  CycloneDx,
  Spdx,
  None;

  private static final int BRACE = '{';

  /// Both formats name themselves among the first fields; an SBOM that hides it behind this many
  /// others is none.
  private static final int FIELDS = 100;

  public static SbomFormat of(Path file) {
    byte[] head = Disk.head(file);
    int first = 0;
    while (first < head.length && Character.isWhitespace(head[first])) {
      first++;
    }
    if (first == head.length || head[first] != BRACE) {
      return None;
    }
    try (var in = Disk.read(file)) {
      return read(in);
    } catch (IOException e) {
      return None; // not JSON after all
    }
  }

  private static SbomFormat read(InputStream in) throws IOException {
    try (var json = Json.MAPPER.createParser(in)) {
      json.nextToken();
      for (int i = 0; i < FIELDS && json.nextToken() == JsonToken.FIELD_NAME; i++) {
        var field = json.currentName();
        json.nextToken();
        if (field.equals("bomFormat") && "CycloneDX".equals(json.getText())) {
          return CycloneDx;
        }
        if (field.equals("spdxVersion") && json.getText().startsWith("SPDX-2")) {
          return Spdx;
        }
        json.skipChildren();
      }
      return None;
    }
  }
}
