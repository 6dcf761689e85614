package dev.assay.api.crd;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Promotion;
import dev.assay.api.ScanPolicy;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Emits the CRDs of the four kinds: fabric8's generator for names and types, `SchemaFinish` for
/// what its annotations cannot say.
final class CrdEmitter {
  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(Artifact.class, Bucket.class, Promotion.class, ScanPolicy.class);

  private static final String HEADER =
      "# Generated from the records in api-crds; do not edit: `make generate` writes it.\n";

  private CrdEmitter() {}

  /// YAML by file name, such as `artifacts.assay.dev.yaml`.
  static SortedMap<String, String> emit() {
    var memory = new Memory();
    new CRDGenerator()
        .withOutput(memory)
        .withMinQuotes(false)
        .withPostProcessor(new SchemaFinish(KINDS))
        .customResourceClasses(KINDS)
        .forCRDVersions("v1")
        .generate();
    return memory.files();
  }

  private static final class Memory
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream>, Closeable {
    private final Map<String, ByteArrayOutputStream> streams = new ConcurrentHashMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      var stream = new ByteArrayOutputStream();
      streams.put(crdName, stream);
      return stream;
    }

    SortedMap<String, String> files() {
      var files = new TreeMap<String, String>();
      streams.forEach((name, stream) -> {
        var yaml = stream.toString(StandardCharsets.UTF_8);
        var body = yaml.substring(yaml.indexOf("apiVersion:"));
        files.put(name.replace("-v1", "") + ".yaml", HEADER + body);
      });
      return files;
    }

    @Override
    public void close() {}
  }
}
