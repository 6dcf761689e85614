/// Container images: what a Pod's text names, which policy is about it, and what the signatures
/// beside it mean. Operator and webhook use the same code, or one would look for what the other
/// never writes.
@org.jspecify.annotations.NullMarked
package dev.assay.policy.image;
