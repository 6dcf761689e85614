package dev.assay.scanjob.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
  private static final Limits LIMITS = new Limits(100_000_000, 500, 6, 100);
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

  @TempDir Path directory;

  @Test
  void aDockerArchiveBecomesALayout() throws Exception {
    var layer = Archives.gzip(Archives.tar("app/x", "x"));
    var archive =
        Archives.tar(
            "c.json", "{}", "l.tar.gz", layer, "manifest.json", docker("c.json", "l.tar.gz"));

    var unpacker = unpack(archive);

    assertThat(unpacker.images()).hasSize(1);
    assertThat(blob(layer)).hasBinaryContent(layer);
    assertThat(blob(Archives.bytes("{}"))).exists();
    assertThat(input("images/0/index.json"))
        .content()
        .contains(unpacker.images().getFirst().digest());
    assertThat(input("tree/app/x")).doesNotExist();
  }

  @Test
  void anOciLayoutIsTakenWithEachOfItsImages() throws Exception {
    var oci = new Oci();
    var one = oci.image("amd64", Archives.tar("app/x", "x"));
    var two = oci.image("arm64", Archives.tar("app/y", "y"));
    var attestation = oci.manifest("application/vnd.oci.empty.v1+json", "{}", List.of());
    var inner =
        oci.blob(
            "{\"manifests\": [%s, %s, %s]}"
                .formatted(
                    descriptor(MANIFEST, one), descriptor(MANIFEST, two), attested(attestation)));

    var unpacker = unpack(oci.archive("{\"manifests\": [%s]}".formatted(descriptor(INDEX, inner))));

    assertThat(unpacker.images())
        .extracting(i -> i.digest())
        .containsExactly("sha256:" + one, "sha256:" + two);
    assertThat(unpacker.images()).extracting(i -> i.layout()).containsOnly("images/0");
  }

  @Test
  void anArchiveOfBothKindsIsOneImage() throws Exception {
    var oci = new Oci();
    var layer = Archives.tar("app/x", "x");
    var manifest = oci.image("amd64", layer);
    oci.add(
        "manifest.json",
        docker("blobs/sha256/" + sha256(Archives.bytes("amd64")), "blobs/sha256/" + sha256(layer)));

    var unpacker =
        unpack(oci.archive("{\"manifests\": [%s]}".formatted(descriptor(MANIFEST, manifest))));

    assertThat(unpacker.images()).extracting(i -> i.digest()).containsExactly("sha256:" + manifest);
  }

  @Test
  void anImageThatOnlyDockerSeesIsScannedToo() throws Exception {
    var oci = new Oci();
    var manifest = oci.image("amd64", Archives.tar("app/x", "x"));
    oci.add("hidden.tar", Archives.tar("app/malware", "x"));
    oci.add("c.json", "{}");
    oci.add("manifest.json", docker("c.json", "hidden.tar"));

    var unpacker =
        unpack(oci.archive("{\"manifests\": [%s]}".formatted(descriptor(MANIFEST, manifest))));

    assertThat(unpacker.images()).hasSize(2);
  }

  @Test
  void whatNoImageNamesIsScannedAsFiles() throws Exception {
    var archive =
        Archives.tar(
            "c.json", "{}",
            "l.tar", Archives.tar("app/x", "x"),
            "extra.zip", Archives.zip("server.key", "k"),
            "manifest.json", docker("c.json", "l.tar"));

    unpack(archive);

    assertThat(input("tree/extra.zip!/server.key")).exists();
  }

  @Test
  void anImageWithinAnArchiveIsFound() throws Exception {
    var image =
        Archives.tar(
            "c.json",
            "{}",
            "l.tar",
            Archives.tar("a", "x"),
            "manifest.json",
            docker("c.json", "l.tar"));

    var unpacker = unpack(Archives.gzip(Archives.tar("dist/image.tar", image, "README", "x")));

    assertThat(unpacker.images()).hasSize(1);
    assertThat(input("tree/README")).exists();
  }

  @Test
  void aManifestOfAnotherKindMakesNoImage() throws Exception {
    var unpacker = unpack(Archives.tar("manifest.json", "{\"name\": \"extension\"}", "a", "x"));

    assertThat(unpacker.images()).isEmpty();
    assertThat(input("tree/manifest.json")).exists();
  }

  @Test
  void aLayerThatIsMissingIsARefusal() throws Exception {
    refused(
        "ImageIncomplete",
        Archives.tar("c.json", "{}", "manifest.json", docker("c.json", "l.tar")));
  }

  @Test
  void aLayerThatLeadsUpwardIsARefusal() throws Exception {
    refused(
        "PathEscape",
        Archives.tar("c.json", "{}", "manifest.json", docker("c.json", "../../secret")));
    refused(
        "PathEscape",
        Archives.tar(
            "c.json",
            "{}",
            "l.tar",
            Archives.tar("../x", "x"),
            "manifest.json",
            docker("c.json", "l.tar")));
  }

  @Test
  void aBombInALayerMeetsTheLimits() throws Exception {
    var layer = Archives.gzip(Archives.tar("zeros", new byte[70 << 20]));

    refused(
        "CompressionBomb",
        Archives.tar("c.json", "{}", "l.tar", layer, "manifest.json", docker("c.json", "l.tar")));
  }

  @Test
  void twoIndexesAreARefusal() throws Exception {
    var manifest = docker("c.json", "l.tar");

    refused(
        "AmbiguousImage",
        Archives.tar(
            "c.json",
            "{}",
            "l.tar",
            Archives.tar("a", "x"),
            "manifest.json",
            manifest,
            "manifest.json",
            manifest));
  }

  private void refused(String reason, byte[] archive) {
    assertThatExceptionOfType(Breach.class)
        .isThrownBy(() -> unpack(archive))
        .satisfies(b -> assertThat(b.unscannable().reason()).isEqualTo(reason));
  }

  private Unpacker unpack(byte[] archive) throws IOException, Breach {
    var input = directory.resolve("input");
    dev.assay.scanjob.Scratch.delete(input);
    Files.createDirectories(input);
    var unpacker = new Unpacker(input, LIMITS, archive.length);
    unpacker.unpack(Files.write(input.resolve("artifact"), archive), "image.tar");
    return unpacker;
  }

  private Path input(String path) {
    return directory.resolve("input").resolve(path);
  }

  private Path blob(byte[] content) throws Exception {
    return input("images/0/blobs/sha256/" + sha256(content));
  }

  private static String docker(String config, String layer) {
    return "[{\"Config\": \"%s\", \"RepoTags\": null, \"Layers\": [\"%s\"]}]"
        .formatted(config, layer);
  }

  private static String descriptor(String type, String hex) {
    return "{\"mediaType\": \"%s\", \"digest\": \"sha256:%s\", \"size\": 1}".formatted(type, hex);
  }

  private static String attested(String hex) {
    return "{\"mediaType\": \"%s\", \"digest\": \"sha256:%s\", \"annotations\": {\"vnd.docker.reference.type\": \"attestation-manifest\"}}"
        .formatted(MANIFEST, hex);
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  /// An OCI layout under construction.
  private static final class Oci {
    private final List<Object> entries = new ArrayList<>();

    String image(String config, byte[] layer) throws Exception {
      var layerHex = sha256(layer);
      add("blobs/sha256/" + layerHex, layer);
      return manifest(CONFIG, config, List.of(layerHex));
    }

    String manifest(String configType, String config, List<String> layers) throws Exception {
      var list =
          layers.stream()
              .map(l -> descriptor("application/vnd.oci.image.layer.v1.tar", l))
              .toList();
      return blob(
          "{\"config\": %s, \"layers\": %s}".formatted(descriptor(configType, blob(config)), list));
    }

    String blob(String content) throws Exception {
      var hex = sha256(Archives.bytes(content));
      add("blobs/sha256/" + hex, content);
      return hex;
    }

    void add(String name, Object content) {
      entries.add(name);
      entries.add(content);
    }

    byte[] archive(String index) throws IOException {
      add("index.json", index);
      add("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}");
      return Archives.tar(entries.toArray());
    }
  }
}
