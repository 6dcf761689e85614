/// The certificates of the admission webhook: a CA and a leaf of the operator's own, and the trust
/// in them that stands in the webhook configurations (ADR 25).
@NullMarked
package dev.assay.operator.certificate;

import org.jspecify.annotations.NullMarked;
