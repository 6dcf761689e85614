/// The Bucket: observed, decided, applied. Its data plane's objects are made by pure functions.
@NullMarked
package dev.assay.operator.bucket;

import org.jspecify.annotations.NullMarked;
