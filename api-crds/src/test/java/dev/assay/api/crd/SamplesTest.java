package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// People copy the samples: each of our kinds in them is accepted as it stands.
class SamplesTest {
  private static final Path FOLDER = Path.of("..", "config", "samples");

  record Sample(Path file, ObjectNode object) {
    @Override
    public String toString() {
      return file + " " + object.at("/metadata/name").asText();
    }
  }

  static List<Sample> samples() throws IOException {
    var samples = new ArrayList<Sample>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        var documents = Yaml.MAPPER.readerFor(ObjectNode.class).readValues(file.toFile());
        while (documents.hasNextValue()) {
          var object = (ObjectNode) documents.nextValue();
          if (object.path("apiVersion").asText().startsWith("assay.dev/")) {
            samples.add(new Sample(file, object));
          }
        }
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theApiServerTakesIt(Sample sample) {
    ((ObjectNode) sample.object().get("metadata")).remove("namespace");

    assertThat(ApiServer.shared().wouldCreate(Yaml.object(sample.object())).refusals()).isEmpty();
  }
}
