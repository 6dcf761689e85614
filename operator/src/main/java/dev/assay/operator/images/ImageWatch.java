package dev.assay.operator.images;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.images.registry.Perimeter;
import dev.assay.operator.images.registry.Registry;
import dev.assay.operator.signing.Credentials;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Images for the ScanPolicies' reconciler: what is seen of them, and looking at them meanwhile. It
/// writes nothing; whoever it wakes does.
@ApplicationScoped
public class ImageWatch {
  /// Verifying costs some milliseconds of a processor and little memory; registries count visits.
  private static final int AT_ONCE = 4;

  private final Clock clock;
  private final Hints hints;
  private final Workloads workloads;
  private final Inspector inspector;
  private final TrustRoots roots = new TrustRoots();
  private final ImageMemory memory = new ImageMemory();
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Consumer<ResourceID> wake = _ -> {};

  ImageWatch(
      KubernetesClient client, OperatorConfiguration configuration, Clock clock, Hints hints) {
    this.clock = clock;
    this.hints = hints;
    this.workloads = new Workloads(client);
    var perimeter =
        Perimeter.of(
            configuration.images().insecureRegistries().orElse(List.of()),
            client.getMasterUrl().getHost());
    this.inspector =
        new Inspector(new Registry(perimeter), new Credentials(client, configuration.namespace()));
  }

  void start(Consumer<ResourceID> waker, Consumer<String> namespaceChanged, Consumer<Hint> hint) {
    wake = waker;
    workloads.start(namespaceChanged);
    hints.follow(hint);
  }

  void stop() {
    hints.stop();
    workloads.stop();
    wake = _ -> {};
  }

  /// Takes a hint for every policy that is about its image; others leave no trace.
  void hinted(Hint hint, Collection<ScanPolicy> policies) {
    if (workloads.in(hint.namespace()) instanceof InUse.Unasked) {
      return;
    }
    for (var policy : policies) {
      if (Coverage.of(policy.getSpec().images()).includes(hint.image())) {
        memory.hint(policy.getMetadata().getUid(), hint.image(), clock.instant());
        wake.accept(ResourceID.fromResource(policy));
      }
    }
  }

  /// @param verifiers what goes to `status.verifiers`
  public ImageFacts observe(ScanPolicy policy, List<Verifier> verifiers) {
    if (policy.getSpec().images().isEmpty()) {
      return ImageFacts.NONE;
    }
    return switch (workloads.in(policy.getMetadata().getNamespace())) {
      case InUse.Unasked() -> ImageFacts.NONE;
      case InUse.Unknown() -> facts(policy, verifiers, false, Set.of());
      case InUse.Images(var all) -> {
        var coverage = Coverage.of(policy.getSpec().images());
        var inUse = all.stream().filter(coverage::includes).collect(Collectors.toSet());
        memory.keep(policy.getMetadata().getUid(), inUse, clock.instant());
        yield facts(policy, verifiers, true, inUse);
      }
    };
  }

  private ImageFacts facts(
      ScanPolicy policy, List<Verifier> verifiers, boolean settled, Set<PinnedImage> inUse) {
    var uid = policy.getMetadata().getUid();
    var coverage = Coverage.of(policy.getSpec().images());
    var hinted = new HashMap<>(memory.hinted(uid));
    hinted.keySet().removeIf(image -> !coverage.includes(image)); // the globs may have changed
    return new ImageFacts(
        ImageRules.of(policy.getSpec(), verifiers, roots),
        settled,
        inUse,
        hinted,
        policy.getStatus() == null ? List.of() : policy.getStatus().images(),
        memory.looks(uid),
        memory.underWay(uid));
  }

  /// Begins to look; the policy is woken for each that is done.
  public void look(ScanPolicy policy, List<PinnedImage> images, ImageRules by) {
    if (!(by instanceof ImageRules.Usable rules)) {
      return;
    }
    for (var image : images) {
      if (memory.begin(policy.getMetadata().getUid(), image)) {
        threads.execute(() -> inTurn(policy, image, rules));
      }
    }
  }

  /// @param uids of all policies there are
  public void forgetOthers(Collection<String> uids) {
    memory.keepPolicies(uids);
  }

  private void inTurn(ScanPolicy policy, PinnedImage image, ImageRules.Usable by) {
    turns.acquireUninterruptibly();
    try {
      var of = policy.getMetadata();
      var secret = Coverage.of(policy.getSpec().images()).secret(image);
      var found = inspector.inspect(image, by.rules(), of.getNamespace(), secret);
      var look =
          Look.after(
              memory.last(of.getUid(), image),
              found.state(),
              found.message(),
              by.digest(),
              clock.instant());
      memory.end(of.getUid(), image, look);
      wake.accept(ResourceID.fromResource(policy));
    } finally {
      turns.release();
    }
  }
}
