package dev.assay.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// A certificate and the key that it is about.
record Signed(X509Certificate certificate, PrivateKey key) {
  static final String ALGORITHM = "SHA256withECDSA";

  /// Reads both and looks whether they belong together.
  ///
  /// @throws GeneralSecurityException whose message says what is wrong, and no secret
  static Signed read(String certificate, String key) throws GeneralSecurityException {
    var read = new Signed(Pem.certificates(certificate).getFirst(), Pem.key(key));
    if (!read.belongTogether()) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
    return read;
  }

  private boolean belongTogether() throws GeneralSecurityException {
    var probe = certificate.getEncoded();
    var signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(probe);
    var signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(probe);
    return signature.verify(signed);
  }

  /// Without the key.
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal() + " until " + certificate.getNotAfter();
  }
}
