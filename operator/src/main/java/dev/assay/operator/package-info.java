/// The operator's shell: what its process is configured with, and which replica acts.
@NullMarked
package dev.assay.operator;

import org.jspecify.annotations.NullMarked;
