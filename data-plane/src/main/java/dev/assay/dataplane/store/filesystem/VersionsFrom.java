package dev.assay.dataplane.store.filesystem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a page of all versions begins: at `key`, of that key only versions older than `ord`.
record VersionsFrom(String key, long ord) {
  static VersionsFrom parse(String prefix, @Nullable String token) {
    if (token == null) {
      return new VersionsFrom(prefix, Long.MAX_VALUE);
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      var at = text.indexOf(':');
      var key = text.substring(at + 1);
      var ord = Long.parseLong(text.substring(0, at));
      return Arrays.compareUnsigned(VersionTable.bytes(key), VersionTable.bytes(prefix)) < 0
          ? new VersionsFrom(prefix, Long.MAX_VALUE)
          : new VersionsFrom(key, ord);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "continue: expected the `next` of a page before, found another text", e);
    }
  }

  static String after(VersionRow last) {
    var text = last.ord() + ":" + last.facts().key();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
