package dev.assay.operator.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Jobs that were just created and that the informer has not shown yet: they count against
/// `maxConcurrent` (decision 16). A memory of seconds, rebuilt from nothing after a restart,
/// because an informer begins with a full list.
public final class ScanSlots {
  /// An informer that shows nothing for this long has lost the Job: its creation failed, or it was
  /// deleted at once.
  static final Duration UNSEEN = Duration.ofSeconds(30);

  private final Map<String, Map<String, Instant>> created = new HashMap<>();

  /// Takes a slot for a Job that is about to be created, if there is one.
  ///
  /// @param policy namespace and name of the ScanPolicy
  /// @param running names of its unfinished Jobs, as the informer shows them
  /// @return false when `maxConcurrent` are busy; the Artifact stays in the queue
  public synchronized boolean take(
      String policy, String job, Collection<String> running, int maxConcurrent, Instant now) {
    if (busyBeside(policy, job, running, now) >= maxConcurrent) {
      return false;
    }
    created.computeIfAbsent(policy, p -> new HashMap<>()).put(job, now);
    return true;
  }

  /// How many slots are busy, those just taken included.
  ///
  /// @param running names of the policy's unfinished Jobs, as the informer shows them
  public synchronized int busy(String policy, Collection<String> running, Instant now) {
    return busyBeside(policy, "", running, now);
  }

  /// Gives a slot back whose Job could not be created, or that the informer has shown to end.
  public synchronized void give(String policy, String job) {
    var mine = created.get(policy);
    if (mine != null) {
      mine.remove(job);
    }
  }

  private int busyBeside(String policy, String job, Collection<String> running, Instant now) {
    var mine = created.getOrDefault(policy, new HashMap<>());
    mine.entrySet().removeIf(e -> running.contains(e.getKey()) || isOld(e.getValue(), now));
    var unseen = mine.keySet().stream().filter(name -> !name.equals(job)).count();
    return (int) (unseen + running.stream().filter(name -> !name.equals(job)).count());
  }

  private static boolean isOld(Instant created, Instant now) {
    return !now.isBefore(created.plus(UNSEEN));
  }
}
