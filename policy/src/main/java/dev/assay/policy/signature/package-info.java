/// What a signature proves of a digest, and for whom. Verified without the bytes and without a
/// network: everything needed is handed in.
@org.jspecify.annotations.NullMarked
package dev.assay.policy.signature;
