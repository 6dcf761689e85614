package dev.assay.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
  private static final Sha256 DIGEST = Sha256.of("it");
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  @Test
  void referrersAreToldApartByTheirType() {
    var index =
        """
        {"schemaVersion":2,"manifests":[
          {"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"%1$s","digest":"%2$s","size":7},
          {"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"application/spdx+json","digest":"%2$s"},
          {"mediaType":"%1$s","digest":"%2$s","size":-3},
          {"artifactType":"%1$s","digest":"sha512:00"},
          {"artifactType":"%1$s"},
          7]}
        """
            .formatted(BUNDLE, DIGEST);

    var read = Descriptor.ofIndex(bytes(index)).orElseThrow();

    assertThat(read).hasSize(3);
    assertThat(read.getFirst())
        .isEqualTo(
            new Descriptor("application/vnd.oci.image.manifest.v1+json", BUNDLE, DIGEST, 7, ""));
    assertThat(read.stream().map(Descriptor::refersByBundle)).containsExactly(true, false, false);
    assertThat(read.stream().map(Descriptor::isBundle)).containsExactly(false, false, true);
    assertThat(read.stream().map(Descriptor::isSimpleSigning)).containsOnly(false);
    assertThat(read.stream().map(Descriptor::sizeBytes)).containsExactly(7L, -1L, -3L);
  }

  @Test
  void layersCarryTheSignaturesOfTheOlderFormat() {
    var manifest =
        """
        {"config":{},"layers":[{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","digest":"%s","size":247,
          "annotations":{"dev.cosignproject.cosign/signature":"AAAA","other":"x"}}]}
        """
            .formatted(DIGEST);

    assertThat(Descriptor.ofManifest(bytes(manifest)))
        .contains(
            List.of(
                new Descriptor(
                    "application/vnd.dev.cosign.simplesigning.v1+json", "", DIGEST, 247, "AAAA")));
    assertThat(Descriptor.ofManifest(bytes(manifest)).orElseThrow().getFirst().isSimpleSigning())
        .isTrue();
    assertThat(Descriptor.ofIndex(bytes(manifest))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"manifests\":{}}", "{\"manifests\":null}"})
  void whatIsNoIndexIsNotRead(String text) {
    assertThat(Descriptor.ofIndex(bytes(text))).isEqualTo(Optional.empty());
    assertThat(Descriptor.ofManifest(bytes(text))).isEqualTo(Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
