package dev.assay.operator.owned;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.stream.Collectors;

/// Applies what belongs to one of our objects (decision 20): create first; what is there already is
/// ours by its owner-uid or is left alone; server-side apply without force, and only on ours.
///
/// Desired objects carry name, namespace, and the labels of `managed-by` and `owner-uid`.
public final class OwnedObjects {
  /// A resource version that no object has any more: applying it creates, and conflicts with
  /// whatever is there. So one call creates by server-side apply without ever merging into a
  /// foreign object, which create-then-apply would leave with two owners of each field.
  private static final String ONLY_CREATE = "1";

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final String fieldManager;

  public OwnedObjects(KubernetesClient client, String fieldManager) {
    this.client = client;
    this.fieldManager = fieldManager;
  }

  /// Makes the object as desired.
  ///
  /// @param seen the object as it was last seen, e.g. in an informer's cache; empty asks the API
  ///   server
  public <T extends HasMetadata> Applied apply(T desired, Optional<T> seen) {
    var stamped = Fingerprint.stamp(desired, client.getKubernetesSerialization());
    try {
      return seen.isPresent() ? update(stamped, seen.get()) : create(stamped);
    } catch (KubernetesClientException e) {
      return answerTo(e, desired);
    }
  }

  /// Takes over an object that the caller has found to be free, e.g. the volume of a Bucket that is
  /// gone: from now on it is ours.
  public <T extends HasMetadata> Applied adopt(T desired, T free) {
    try {
      var next = Fingerprint.stamp(desired, client.getKubernetesSerialization());
      next.getMetadata().setUid(free.getMetadata().getUid());
      serverSideApply(next);
      return new Applied.Done(true);
    } catch (KubernetesClientException e) {
      return answerTo(e, desired);
    }
  }

  private <T extends HasMetadata> Applied create(T desired) {
    try {
      var first = Clones.of(desired, client);
      first.getMetadata().setResourceVersion(ONLY_CREATE);
      serverSideApply(first);
      return new Applied.Done(true);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      var there = client.resource(desired).get();
      if (there == null) {
        throw e; // it went in this moment: try again
      }
      return update(desired, there);
    }
  }

  private <T extends HasMetadata> Applied update(T desired, T seen) {
    if (!isOurs(seen, desired)) {
      return new Applied.Foreign(describe(desired));
    }
    if (Fingerprint.matches(seen, desired, client.getKubernetesSerialization())) {
      return new Applied.Done(false);
    }
    var next = Clones.of(desired, client);
    next.getMetadata().setUid(seen.getMetadata().getUid()); // this one, no other of its name
    serverSideApply(next);
    return new Applied.Done(true);
  }

  private <T extends HasMetadata> void serverSideApply(T object) {
    var how =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(fieldManager)
            .withForce(false)
            .build();
    client.resource(object).patch(how, object);
  }

  private static Applied answerTo(KubernetesClientException e, HasMetadata desired) {
    var object = describe(desired);
    var contested = contestedFields(e);
    if (e.getCode() == HTTP_CONFLICT && !contested.isEmpty()) {
      return new Applied.Contested(object, contested);
    }
    return switch (e.getCode()) {
      case HTTP_FORBIDDEN ->
          isLackOfRights(words(e))
              ? new Applied.Denied(object)
              : new Applied.Refused(object, words(e));
      case UNPROCESSABLE -> new Applied.Refused(object, words(e));
      default -> throw e;
    };
  }

  /// Admission plugins (quotas, volume resizing) answer 403 as well; RBAC alone says it like this:
  /// `User "…" cannot patch resource "secrets" …`.
  private static boolean isLackOfRights(String words) {
    return words.contains("User \"") && words.contains("\" cannot ");
  }

  /// Without the client's own preamble, which repeats the URL.
  private static String words(KubernetesClientException e) {
    var status = e.getStatus();
    return String.valueOf(status == null ? e.getMessage() : status.getMessage());
  }

  private static String contestedFields(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getDetails()))
        .map(StatusDetails::getCauses)
        .stream()
        .flatMap(causes -> causes.stream())
        .filter(cause -> "FieldManagerConflict".equals(cause.getReason()))
        .map(OwnedObjects::describe)
        .collect(Collectors.joining("; "));
  }

  private static String describe(StatusCause cause) {
    return cause.getField() + ": " + cause.getMessage();
  }

  /// Removes an object if it is ours; says whether it is gone or going.
  public <T extends HasMetadata> Applied delete(T named) {
    try {
      var there = client.resource(named).get();
      if (there == null) {
        return new Applied.Done(false);
      }
      if (!isOurs(there, named)) {
        return new Applied.Foreign(describe(named));
      }
      client.resource(there).lockResourceVersion().delete();
      return new Applied.Done(true);
    } catch (KubernetesClientException e) {
      return e.getCode() == HTTP_NOT_FOUND ? new Applied.Done(false) : answerTo(e, named);
    }
  }

  /// Whether an object carries the owner-uid that the desired one does.
  public static boolean isOurs(HasMetadata there, HasMetadata desired) {
    var labels = there.getMetadata().getLabels();
    var uid = desired.getMetadata().getLabels().get(Labels.OWNER_UID);
    return labels != null
        && uid != null
        && uid.equals(labels.get(Labels.OWNER_UID))
        && Labels.MANAGED_BY_ASSAY.equals(labels.get(Labels.MANAGED_BY));
  }

  /// For people: kind, namespace and name.
  public static String describe(HasMetadata object) {
    var metadata = object.getMetadata();
    return object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
  }
}
