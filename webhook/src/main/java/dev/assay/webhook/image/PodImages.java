package dev.assay.webhook.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/// The images that an object's Pods run or mount, as they are written there.
public final class PodImages {
  private PodImages() {}

  /// @param kind of the object; one that makes no Pods has none
  public static Set<String> of(String kind, JsonNode object) {
    var spec = object.path("spec");
    return switch (kind) {
      case "Pod" -> ofPod(spec);
      case "CronJob" -> ofPod(spec.path("jobTemplate").path("spec").path("template").path("spec"));
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController" ->
          ofPod(spec.path("template").path("spec"));
      default -> Set.of();
    };
  }

  private static Set<String> ofPod(JsonNode spec) {
    Set<String> images = new LinkedHashSet<>();
    for (var containers : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      spec.path(containers).forEach(c -> images.add(c.path("image").asText("")));
    }
    // An image can be mounted too, and what is in it run from there.
    for (var volume : spec.path("volumes")) {
      if (volume.has("image")) {
        images.add(volume.path("image").path("reference").asText(""));
      }
    }
    return images;
  }
}
