/// The scan Job: `fetch`, `scan`, `publish` and `database`, each a shell over the packages below.
@org.jspecify.annotations.NullMarked
package dev.assay.scanjob;
