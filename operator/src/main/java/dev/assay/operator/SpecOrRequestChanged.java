package dev.assay.operator;

import dev.assay.api.Vocabulary.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets an update of one of our objects through when a person may have wanted something: another
/// spec, a deletion, or the annotation that asks for a reconciliation. Our own status writes are
/// held back. JOSDK's generation-aware processing would hold the annotation back as well, so
/// controllers turn it off and use this.
public final class SpecOrRequestChanged implements OnUpdateFilter<HasMetadata> {
  @Override
  public boolean accept(HasMetadata now, HasMetadata was) {
    var is = now.getMetadata();
    var had = was.getMetadata();
    return !Objects.equals(is.getGeneration(), had.getGeneration())
        || !Objects.equals(is.getDeletionTimestamp(), had.getDeletionTimestamp())
        || !Objects.equals(is.getFinalizers(), had.getFinalizers())
        || !Objects.equals(requestedAt(now), requestedAt(was));
  }

  /// What `status.lastHandledReconcileAt` echoes.
  public static @Nullable String requestedAt(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Annotations.RECONCILE_REQUESTED_AT);
  }
}
