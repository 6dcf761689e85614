package dev.assay.operator.images;

import dev.assay.policy.image.PinnedImage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this process knows of images beyond their verdicts, by the policy's UID. Lost with it: the
/// next leader looks again at all that is not verified.
final class ImageMemory {
  private static final class OnePolicy {
    final Map<PinnedImage, Look> looks = new HashMap<>();
    final Set<PinnedImage> underWay = new HashSet<>();
    final Map<PinnedImage, Instant> hinted =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<PinnedImage, Instant> eldest) {
            return size() > ImagePlan.MOST;
          }
        };
  }

  private final Map<String, OnePolicy> policies = new HashMap<>();

  synchronized Map<PinnedImage, Instant> hinted(String uid) {
    return Map.copyOf(of(uid).hinted);
  }

  synchronized Map<PinnedImage, Look> looks(String uid) {
    return Map.copyOf(of(uid).looks);
  }

  synchronized Set<PinnedImage> underWay(String uid) {
    return Set.copyOf(of(uid).underWay);
  }

  synchronized void hint(String uid, PinnedImage image, Instant at) {
    var hinted = of(uid).hinted;
    hinted.remove(image); // the newest stand last
    hinted.put(image, at);
  }

  /// @return whether nobody looks at it already
  synchronized boolean begin(String uid, PinnedImage image) {
    return of(uid).underWay.add(image);
  }

  synchronized Optional<Look> last(String uid, PinnedImage image) {
    return Optional.ofNullable(of(uid).looks.get(image));
  }

  synchronized void end(String uid, PinnedImage image, Look found) {
    of(uid).underWay.remove(image);
    of(uid).looks.put(image, found);
  }

  /// Forgets what a policy does not want any more.
  synchronized void keep(String uid, Set<PinnedImage> wanted, Instant now) {
    var policy = of(uid);
    policy.hinted.values().removeIf(at -> !now.isBefore(at.plus(ImagePlan.REMEMBERED)));
    policy
        .looks
        .keySet()
        .removeIf(image -> !wanted.contains(image) && !policy.hinted.containsKey(image));
  }

  /// Forgets policies that are gone.
  synchronized void keepPolicies(Collection<String> uids) {
    policies.keySet().retainAll(uids);
  }

  private OnePolicy of(String uid) {
    return policies.computeIfAbsent(uid, _ -> new OnePolicy());
  }
}
