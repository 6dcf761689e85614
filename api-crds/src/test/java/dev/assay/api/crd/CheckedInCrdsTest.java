package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `config/crd` is what people and the bundle install; it must be what the records say.
class CheckedInCrdsTest {
  private static final Path FOLDER = Path.of("..", "config", "crd");

  @Test
  void theCheckedInCrdsAreThoseThatTheRecordsSay() throws IOException {
    var emitted = CrdEmitter.emit();
    if (Boolean.getBoolean("assay.crds.update")) {
      Files.createDirectories(FOLDER);
      for (var file : emitted.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }

    assertThat(FOLDER).as("run `make generate`: it writes config/crd").exists();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("the CRDs in config/crd")
          .containsAll(emitted.keySet())
          .filteredOn(name -> name.contains("assay.dev"))
          .hasSize(emitted.size());
    }
    for (var file : emitted.entrySet()) {
      var path = FOLDER.resolve(file.getKey());
      assertThat(Files.readString(path))
          .as("%s is not what the records say; run `make generate` and review the diff", path)
          .isEqualTo(file.getValue());
    }
  }
}
