package dev.assay.operator.images;

import dev.assay.api.ScanPolicy;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.List;
import java.util.Set;

/// Wakes ScanPolicies for their images: when others are in use, when one was looked at, and when
/// the webhook asks. It runs where the reconciler does, on the leader.
public final class ImageWakes extends AbstractEventSource<Pod, ScanPolicy> {
  private final ImageWatch watch;
  private final Cache<ScanPolicy> policies;

  /// @param policies the controller's own cache
  public ImageWakes(ImageWatch watch, Cache<ScanPolicy> policies) {
    super(Pod.class, "scanpolicy-images");
    this.watch = watch;
    this.policies = policies;
  }

  @Override
  public synchronized void start() {
    super.start();
    watch.start(
        this::wake,
        namespace -> in(namespace).forEach(p -> wake(ResourceID.fromResource(p))),
        hint -> watch.hinted(hint, in(hint.namespace())));
  }

  @Override
  public synchronized void stop() {
    super.stop();
    watch.stop();
  }

  private List<ScanPolicy> in(String namespace) {
    return policies
        .list(policy -> policy.getMetadata().getNamespace().equals(namespace))
        .filter(policy -> !policy.getSpec().images().isEmpty())
        .toList();
  }

  private void wake(ResourceID policy) {
    getEventHandler().handleEvent(new Event(policy));
  }

  @Override
  public Set<Pod> getSecondaryResources(ScanPolicy primary) {
    return Set.of();
  }
}
