package dev.assay.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.function.Supplier;

/// Writes the status of one kind by server-side apply, and only when it says something new.
///
/// The applied object holds name, namespace and status alone, so that the operator owns nothing
/// else; its field manager is the controller's (`@ControllerConfiguration(fieldManager = …)`). What
/// was written stands in the informer's cache before `write` returns, so that the next
/// reconciliation never decides on an older one.
///
/// @param <R> the kind
/// @param <S> its status
public final class StatusWriter<R extends CustomResource<?, S>, S> {
  private final Supplier<R> empty;

  /// @param empty makes an object without content, such as `Artifact::new`
  public StatusWriter(Supplier<R> empty) {
    this.empty = empty;
  }

  /// Writes `status` unless `seen` says the same already.
  ///
  /// @return the object as it now is
  public R write(R seen, S status, Context<R> context) {
    if (SameStatus.same(
        seen.getStatus(), status, context.getClient().getKubernetesSerialization())) {
      return seen;
    }
    var fresh = empty.get();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(seen.getMetadata().getName())
            .withNamespace(seen.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(seen, fresh, context);
  }
}
