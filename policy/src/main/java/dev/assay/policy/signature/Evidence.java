package dev.assay.policy.signature;

import com.google.protobuf.ByteString;

/// One thing that stands beside some bytes and may sign them.
public sealed interface Evidence {
  /// A Sigstore bundle, or one of cosign's bare signatures of bytes.
  record Text(String text) implements Evidence {}

  /// What cosign before version 3 puts beside an image: a payload that names the image's digest,
  /// and a signature over the payload.
  /// https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
  ///
  /// @param signature base64, over the payload's bytes
  record SimpleSigning(ByteString payload, String signature) implements Evidence {
    public static SimpleSigning of(byte[] payload, String signature) {
      return new SimpleSigning(ByteString.copyFrom(payload), signature);
    }
  }

  /// It was there, and could not be taken for anything.
  record Unusable(Check check, String message) implements Evidence {}
}
