/// What informers keep in memory, so that no review waits for the network.
@NullMarked
package dev.assay.webhook.known;

import org.jspecify.annotations.NullMarked;
