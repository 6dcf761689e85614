package dev.assay.operator.signing;

import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.FileNotFoundException;
import dev.sigstore.tuf.InvalidHashesException;
import dev.sigstore.tuf.RoleExpiredException;
import dev.sigstore.tuf.RollbackVersionException;
import dev.sigstore.tuf.SignatureVerificationException;
import dev.sigstore.tuf.SnapshotTargetMissingException;
import dev.sigstore.tuf.SnapshotTargetVersionException;
import dev.sigstore.tuf.SnapshotVersionMismatchException;
import dev.sigstore.tuf.TargetMetadataMissingException;
import java.io.IOException;
import java.util.regex.Pattern;

/// Why an update by TUF failed, for people. The library's own sentences name no file, and some the
/// time, which would make another condition of every attempt. Words of the mirror's are left out.
final class TufTrouble {
  /// `2.root.json` and `<digest>.trusted_root.json`.
  private static final Pattern VERSION = Pattern.compile("^[0-9a-f]+\\.");

  private TufTrouble() {}

  /// @param asked the file that was asked for last
  static String sentence(String asked, Exception e) {
    var file = asked.isEmpty() ? "root.json" : VERSION.matcher(asked).replaceFirst("");
    return file + ": " + reason(e);
  }

  private static String reason(Exception e) {
    return switch (e) {
      case SignatureVerificationException s ->
          "expected signatures by %d of the keys that count, found %d"
              .formatted(s.getRequiredSignatures(), s.getVerifiedSignatures());
      case RollbackVersionException r ->
          "expected version %d or newer, found %d"
              .formatted(r.getCurrentVersion(), r.getFoundVersion());
      case RoleExpiredException x -> "metadata expired at " + x.getRoleExpirationTime().toInstant();
      case InvalidHashesException _ -> "its digest is another one than signed metadata say";
      case FileNotFoundException _ -> "the mirror does not have it";
      case SnapshotTargetVersionException _ -> "targets.json is older than what was seen before";
      case SnapshotTargetMissingException _ -> "targets.json is there no more";
      case SnapshotVersionMismatchException _ -> "its version is another one than was promised";
      case TargetMetadataMissingException _ -> "signed metadata do not name it";
      case JsonParseException _ -> "no TUF metadata";
      case IOException io -> message(io);
      default -> "it cannot be used (%s)".formatted(e.getClass().getSimpleName());
    };
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
