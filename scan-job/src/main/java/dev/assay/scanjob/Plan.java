package dev.assay.scanjob;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `fetch` leaves for `scan` in `plan.json`; paths are relative to the input directory.
///
/// @param unscannable why nothing is scanned, or absent
/// @param name the artifact's file name, sanitised
/// @param tree directory of files for `rootfs` and `fs`, or absent when there are none
/// @param inside directory of what lies inside jars, read by the secret scanner only, or absent
/// @param images image archives, each a `PATH` of an OCI layout and the digest of one image in it
/// @param sboms SBOM files
public record Plan(
    int schema,
    String digest,
    String name,
    @Nullable Unscannable unscannable,
    @Nullable String tree,
    @Nullable String inside,
    List<Image> images,
    List<String> sboms,
    Statistics statistics) {

  public static final String FILE = "plan.json";

  /// @param layout directory of an OCI layout
  /// @param digest of the image's manifest in it, `sha256:<hex>`
  public record Image(String layout, String digest) {}

  /// @param links symbolic and hard links, none of which was made
  /// @param devices devices, pipes and sockets, skipped
  public record Statistics(long bytes, long files, long links, long devices) {}
}
