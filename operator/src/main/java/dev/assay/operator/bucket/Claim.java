package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/// The volume of a filesystem Bucket. It has no ownerReference, or garbage collection would take
/// the bytes of a Bucket that asks for Retain (decision 12).
final class Claim {
  private static final String STORAGE = "storage";

  private Claim() {}

  /// @param there the claim of that name; its volume may be larger than asked for, and never
  ///   shrinks
  static PersistentVolumeClaim of(Bucket bucket, Optional<PersistentVolumeClaim> there) {
    var filesystem = bucket.getSpec().filesystem();
    if (filesystem == null) {
      throw new IllegalStateException("the schema requires filesystem with its provider");
    }
    return new PersistentVolumeClaimBuilder()
        .withMetadata(Owner.labelled(bucket, BucketNames.claim(bucket.getMetadata().getName())))
        .editMetadata()
        .addToAnnotations(Annotations.BUCKET_UID, bucket.getMetadata().getUid())
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(filesystem.storageClassName())
        .withNewResources()
        .addToRequests(STORAGE, larger(new Quantity(filesystem.size()), there))
        .endResources()
        .endSpec()
        .build();
  }

  /// Whether a claim was left by a Bucket of the same name that is gone: it carries that Bucket's
  /// marker, and names are unique, so a marker with another UID has no Bucket any more.
  static boolean isLeftBehind(PersistentVolumeClaim there, Bucket bucket) {
    var labels = there.getMetadata().getLabels();
    var annotations = there.getMetadata().getAnnotations();
    var uid = annotations == null ? null : annotations.get(Annotations.BUCKET_UID);
    return labels != null
        && Labels.MANAGED_BY_ASSAY.equals(labels.get(Labels.MANAGED_BY))
        && bucket.getMetadata().getName().equals(labels.get(Labels.BUCKET))
        && uid != null
        && !uid.equals(bucket.getMetadata().getUid());
  }

  private static Quantity larger(Quantity wanted, Optional<PersistentVolumeClaim> there) {
    return there
        .map(claim -> claim.getSpec().getResources().getRequests().get(STORAGE))
        .filter(has -> has.getNumericalAmount().compareTo(wanted.getNumericalAmount()) > 0)
        .orElse(wanted);
  }
}
