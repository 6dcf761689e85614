/// Admission: a review is read, put beside what is known already, decided by a pure function,
/// answered and written down.
@NullMarked
package dev.assay.webhook;

import org.jspecify.annotations.NullMarked;
