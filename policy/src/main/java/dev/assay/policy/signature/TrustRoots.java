package dev.assay.policy.signature;

import java.util.LinkedHashMap;
import java.util.Map;

/// Trust roots that were read lately, by their text: reading one takes milliseconds, and a policy
/// has the same for months.
public final class TrustRoots {
  private static final int MOST = 64;

  private final Map<String, TrustRoot.Read> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TrustRoot.Read> eldest) {
          return size() > MOST;
        }
      };

  public synchronized TrustRoot.Read of(String json) {
    return read.computeIfAbsent(json, TrustRoot::read);
  }
}
