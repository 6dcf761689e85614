/// How the operator talks to data planes: its key, one client a Bucket, and the feed that tells it
/// of bytes.
@NullMarked
package dev.assay.operator.control;

import org.jspecify.annotations.NullMarked;
