package dev.assay.policy.signature;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Who computes on NIST's curves: Bouncy Castle verifies an ECDSA signature in an eighth of the
/// JDK's time (0.1 ms instead of 0.9, `docs/benchmarks.md`), and admission waits for it. Not
/// registered with the JDK, whose choices for everything else stay.
final class EllipticCurves {
  static final Provider PROVIDER = new BouncyCastleProvider();

  private EllipticCurves() {}
}
