package dev.assay.scanjob.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.scanjob.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
  @TempDir Path directory;

  @Test
  void isReadFromItsFileAndNeverPrinted() throws Exception {
    var file =
        Files.writeString(directory.resolve("URL"), "https://store/a?X-Amz-Signature=c0ffee\n");

    var link = Link.read(file);

    assertThat(link.uri()).hasHost("store");
    assertThat(link).asString().doesNotContain("store", "c0ffee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "store/a?sig=c0ffee",
        "file:///etc/passwd?c0ffee",
        "https://a b/?c0ffee",
        "http:///c0ffee"
      })
  void whatIsNoWebAddressIsRefusedWithoutBeingQuoted(String text) throws Exception {
    var file = Files.writeString(directory.resolve("URL"), text);

    assertThatExceptionOfType(StepFailure.class)
        .isThrownBy(() -> Link.read(file))
        .satisfies(e -> assertThat(e.sentence()).contains("URL").doesNotContain("c0ffee"));
  }
}
