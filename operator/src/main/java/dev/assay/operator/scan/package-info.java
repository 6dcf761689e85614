/// Scan and database Jobs as pure functions: what they are made of, what their pods said when they
/// ended, and whose turn it is. Nothing here talks to a cluster.
@NullMarked
package dev.assay.operator.scan;

import org.jspecify.annotations.NullMarked;
