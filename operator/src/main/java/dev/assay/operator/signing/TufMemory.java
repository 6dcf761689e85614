package dev.assay.operator.signing;

import dev.sigstore.tuf.MetaStore;
import dev.sigstore.tuf.TargetStore;
import dev.sigstore.tuf.model.SignedTufMeta;
import dev.sigstore.tuf.model.TufMeta;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What was verified of a TUF repository. An update works on a copy, which counts once the update
/// is whole: the library keeps a new timestamp before it has read what that promises, and would
/// take the older targets for current ever after.
final class TufMemory implements MetaStore, TargetStore {
  private final Map<String, SignedTufMeta<? extends TufMeta>> metadata = new HashMap<>();
  private final Map<String, byte[]> targets = new HashMap<>();

  TufMemory copy() {
    var copy = new TufMemory();
    copy.metadata.putAll(metadata);
    copy.targets.putAll(targets);
    return copy;
  }

  @Override
  public String getIdentifier() {
    return "memory";
  }

  @Override
  public <T extends SignedTufMeta<? extends TufMeta>> Optional<T> readMeta(
      String role, Class<T> type) {
    return Optional.ofNullable(metadata.get(role)).map(type::cast);
  }

  @Override
  public void writeMeta(String role, SignedTufMeta<? extends TufMeta> signed) {
    metadata.put(role, signed);
  }

  @Override
  public void clearMeta(String role) {
    metadata.remove(role);
  }

  @Override
  public void writeTarget(String name, byte[] bytes) {
    targets.put(name, bytes.clone());
  }

  @Override
  public byte[] readTarget(String name) throws IOException {
    var bytes = targets.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name);
    }
    return bytes.clone();
  }

  @Override
  public InputStream getTargetInputSteam(String name) throws IOException {
    return new ByteArrayInputStream(readTarget(name));
  }

  @Override
  public boolean hasTarget(String name) {
    return targets.containsKey(name);
  }
}
