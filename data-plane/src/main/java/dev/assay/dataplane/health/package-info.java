/// What the process says of itself: health for the kubelet, metrics for Prometheus.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.health;
