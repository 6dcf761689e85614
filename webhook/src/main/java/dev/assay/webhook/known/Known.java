package dev.assay.webhook.known;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.ScanPolicy;
import dev.assay.policy.scan.EffectivePolicy;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The facts that reviews are decided from, kept up to date by watches. What is decided here can be
/// a moment old: the operator decides again, from the API server, before anything is served.
@ApplicationScoped
public class Known {
  /// Objects of one page when an informer lists: what is parsed at once.
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final TrustRoots roots = new TrustRoots();
  private final FactStore<Bucket, BucketFacts> buckets =
      new FactStore<>(Bucket::new, BucketFacts::of);
  private final FactStore<ScanPolicy, PolicyFacts> policies =
      new FactStore<>(ScanPolicy::new, policy -> PolicyFacts.of(policy, roots));
  private final FactStore<Artifact, ArtifactFacts> artifacts =
      new FactStore<>(Artifact::new, ArtifactFacts::of);
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  public Known(KubernetesClient client) {
    this.client = client;
  }

  void start(@Observes StartupEvent event) {
    informers.add(informer(Bucket.class, buckets));
    informers.add(informer(ScanPolicy.class, policies));
    informers.add(informer(Artifact.class, artifacts));
    informers.forEach(SharedIndexInformer::start);
  }

  void stop(@Observes ShutdownEvent event) {
    informers.forEach(SharedIndexInformer::stop);
  }

  /// Whether everything has been read once.
  public boolean complete() {
    return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  public Optional<BucketFacts> bucket(String namespace, String name) {
    return buckets.facts(namespace, name);
  }

  public Optional<PolicyFacts> policy(String namespace, String name) {
    return policies.facts(namespace, name);
  }

  public Optional<ArtifactFacts> artifact(String namespace, String name) {
    return artifacts.facts(namespace, name);
  }

  /// ScanPolicies of a namespace that are about images.
  public List<PolicyFacts> aboutImages(String namespace) {
    return policies
        .all()
        .filter(policy -> policy.namespace().equals(namespace) && !policy.images().isEmpty())
        .toList();
  }

  /// Waits for the next change of a ScanPolicy.
  ///
  /// @param seen what [#policyChanges()] said before the facts were read
  /// @return whether there was one before the time was over
  public boolean awaitPolicyChange(long seen, Duration atMost) throws InterruptedException {
    return policies.awaitChange(seen, atMost);
  }

  /// A number that grows with each change of a ScanPolicy.
  public long policyChanges() {
    return policies.changes();
  }

  /// Artifacts of a namespace that are held back.
  public List<ArtifactFacts> quarantined(String namespace) {
    return artifacts.all().filter(a -> a.quarantined() && a.namespace().equals(namespace)).toList();
  }

  /// Whose policy is in force for an Artifact that asks for `asked` in a Bucket.
  public EffectivePolicy effective(BucketFacts bucket, Optional<String> asked) {
    return EffectivePolicy.of(
        asked, bucket.policies(), name -> policy(bucket.namespace(), name).isPresent());
  }

  private <T extends HasMetadata> SharedIndexInformer<T> informer(
      Class<T> kind, FactStore<T, ?> store) {
    return client
        .resources(kind)
        .inAnyNamespace()
        .withLimit(PAGE)
        .runnableInformer(0)
        .itemStore(store)
        .exceptionHandler((started, failure) -> true); // until the API server is there again
  }
}
