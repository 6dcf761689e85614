package dev.assay.operator.images.registry;

import dev.assay.policy.image.Descriptor;
import dev.assay.policy.image.ImageSignatures;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Check;
import dev.assay.policy.signature.Evidence;
import dev.assay.policy.signature.SignatureCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what stands beside an image in either of cosign's formats. The image itself is not
/// fetched: everything is about its digest.
public final class Registry {
  private static final long MANIFEST_BYTES = 4 << 20;
  private static final long BUNDLE_BYTES = 1 << 20;
  private static final long PAYLOAD_BYTES = 64 << 10;
  private static final Duration FOR_ONE_IMAGE = Duration.ofSeconds(8);
  private static final int MOST = SignatureCheck.MAX_SIGNATURES;

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json, " + INDEX;
  private static final String ANYTHING = "*/*";

  private final Perimeter perimeter;
  private final Fetch fetch;
  private final Duration time;

  public Registry(Perimeter perimeter) {
    this(perimeter, FOR_ONE_IMAGE);
  }

  Registry(Perimeter perimeter, Duration time) {
    this.perimeter = perimeter;
    this.fetch = new Fetch(perimeter);
    this.time = time;
  }

  /// Ends with an IOException whose message is a sentence when it could not find out.
  public ImageSignatures signaturesOf(PinnedImage image, Login login) throws IOException {
    var repository = new Repository(fetch, perimeter, image, login, Deadline.in(time));
    var found = new ArrayList<Evidence>();
    var hex = image.digest().hex();
    var more = false;
    for (var referrer : referrers(repository, hex)) {
      if (found.size() == MOST) {
        return new ImageSignatures(List.copyOf(found), true);
      }
      found.add(bundle(repository, referrer));
    }
    for (var layer : older(repository, hex)) {
      if (found.size() == MOST) {
        more = true;
        break;
      }
      found.add(simpleSigning(repository, layer));
    }
    return new ImageSignatures(List.copyOf(found), more);
  }

  /// By the API of OCI 1.1, or the tag that stands for it where a registry has none.
  private static List<Descriptor> referrers(Repository repository, String hex) throws IOException {
    var listed =
        repository
            .get("referrers/sha256:" + hex, INDEX, MANIFEST_BYTES)
            .flatMap(Descriptor::ofIndex);
    var index =
        listed.isPresent()
            ? listed
            : repository
                .get("manifests/sha256-" + hex, INDEX, MANIFEST_BYTES)
                .flatMap(Descriptor::ofIndex);
    return index.orElse(List.of()).stream().filter(Descriptor::refersByBundle).toList();
  }

  private static List<Descriptor> older(Repository repository, String hex) throws IOException {
    return repository
        .get("manifests/sha256-" + hex + ".sig", MANIFESTS, MANIFEST_BYTES)
        .flatMap(Descriptor::ofManifest)
        .orElse(List.of())
        .stream()
        .filter(Descriptor::isSimpleSigning)
        .toList();
  }

  private static Evidence bundle(Repository repository, Descriptor referrer) throws IOException {
    var manifest =
        bytes(repository, "manifests/", MANIFESTS, referrer, MANIFEST_BYTES)
            .flatMap(Descriptor::ofManifest);
    var bundles = manifest.orElse(List.of()).stream().filter(Descriptor::isBundle).toList();
    if (bundles.size() != 1) {
      return new Evidence.Unusable(
          Check.Format,
          "expected a manifest with one bundle at %s, found %d"
              .formatted(referrer.digest(), bundles.size()));
    }
    var bundle = bundles.getFirst();
    return bytes(repository, "blobs/", ANYTHING, bundle, BUNDLE_BYTES)
        .<Evidence>map(text -> new Evidence.Text(new String(text, StandardCharsets.UTF_8)))
        .orElseGet(() -> unusable(bundle, BUNDLE_BYTES));
  }

  private static Evidence simpleSigning(Repository repository, Descriptor layer)
      throws IOException {
    return bytes(repository, "blobs/", ANYTHING, layer, PAYLOAD_BYTES)
        .<Evidence>map(payload -> Evidence.SimpleSigning.of(payload, layer.signature()))
        .orElseGet(() -> unusable(layer, PAYLOAD_BYTES));
  }

  /// Empty when it is too large by its own account, or listed and not there. What has more bytes
  /// than it says is an error: the registry does not tell the truth.
  private static Optional<byte[]> bytes(
      Repository repository, String where, String accept, Descriptor what, long mostBytes)
      throws IOException {
    return what.sizeBytes() < 1 || what.sizeBytes() > mostBytes
        ? Optional.empty()
        : repository.get(where + what.digest(), accept, what.sizeBytes(), what.digest());
  }

  private static Evidence unusable(Descriptor what, long mostBytes) {
    return new Evidence.Unusable(
        Check.Size,
        "expected 1 to %d bytes at %s, found %d, or none any more"
            .formatted(mostBytes, what.digest(), what.sizeBytes()));
  }
}
