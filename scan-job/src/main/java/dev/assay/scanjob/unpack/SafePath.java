package dev.assay.scanjob.unpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Makes a path for our disk from a name in an archive, or refuses it.
///
/// Names that another unpacker would take outside its directory are refused, not repaired: such an
/// archive was made to do harm.
final class SafePath {
  /// Most file systems hold names of 255 bytes; this leaves room for the suffixes that we add.
  private static final int NAME_CHARACTERS = 200;

  private static final int COMPONENTS = 128;

  /// Trivy never reads these: `.git` anywhere, the others at the root of what it scans
  /// (`defaultSkipDirs` in its walker). Under another name they are read.
  private static final Set<String> SKIPPED_AT_ROOT = Set.of("proc", "sys", "dev");

  private SafePath() {}

  /// @return the components, none for the directory itself
  static List<String> of(String name) throws Breach {
    if (name.indexOf('\0') >= 0) {
      throw escape("holds a NUL character");
    }
    var slashed = name.replace('\\', '/'); // as Windows' unpackers read it
    if (slashed.startsWith("/")) {
      throw escape("is absolute");
    }
    if (slashed.length() > 1 && slashed.charAt(1) == ':' && isLetter(slashed.charAt(0))) {
      throw escape("names a Windows drive");
    }
    var parts = new ArrayList<String>();
    for (var part : slashed.split("/", -1)) {
      if (part.equals("..")) {
        throw escape("leads upward with ..");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(component(part, parts.isEmpty()));
      }
    }
    if (parts.size() > COMPONENTS) {
      throw new Breach(
          "PathTooDeep",
          "the archive holds a path of %d components, at most %d are unpacked"
              .formatted(parts.size(), COMPONENTS));
    }
    return List.copyOf(parts);
  }

  /// One name that every file system and locale can hold: printable ASCII, the rest as `%XX` of its
  /// UTF-8.
  static String component(String name, boolean atRoot) {
    var written = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0x20 && b < 0x7f && b != '/') {
        written.append((char) b);
      } else {
        written.append('%').append(String.format(Locale.ROOT, "%02X", b));
      }
    }
    var ascii = written.toString();
    if (ascii.equals(".git") || (atRoot && SKIPPED_AT_ROOT.contains(ascii))) {
      return ascii + "~";
    }
    return ascii.length() <= NAME_CHARACTERS ? ascii : shortened(ascii);
  }

  /// Keeps the end, because suffixes say what a file is to Trivy.
  private static String shortened(String name) {
    int tail = 40;
    return name.substring(0, NAME_CHARACTERS - tail - 10)
        + "~"
        + Integer.toHexString(name.hashCode())
        + "~"
        + name.substring(name.length() - tail);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Breach escape(String how) {
    return new Breach(
        "PathEscape", "the archive holds a path that " + how + ", which would leave its directory");
  }
}
