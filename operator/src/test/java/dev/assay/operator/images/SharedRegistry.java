package dev.assay.operator.images;

import dev.assay.operator.images.registry.FakeRegistry;
import org.jspecify.annotations.Nullable;

/// One registry for all test classes of a JVM: the operator under test must be told of it before it
/// starts.
public final class SharedRegistry {
  private static @Nullable FakeRegistry server;

  private SharedRegistry() {}

  public static synchronized FakeRegistry get() {
    if (server == null) {
      server = new FakeRegistry();
    }
    return server;
  }
}
