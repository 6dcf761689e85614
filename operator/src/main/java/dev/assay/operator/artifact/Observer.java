package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import dev.assay.operator.artifact.decision.Observed;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.control.ControlClient;
import dev.assay.operator.control.DataPlanes;
import dev.assay.policy.scan.EffectivePolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks at what a decision needs, and at nothing else.
final class Observer {
  private final Neighbourhood neighbourhood;
  private final DataPlanes dataPlanes;
  private final Secrets secrets;
  private final Desired desired;
  private final ScanSight scans;
  private final SigningSight signing;
  private final Progress progress;
  private final OperatorConfiguration.Images images;

  Observer(
      Neighbourhood neighbourhood,
      DataPlanes dataPlanes,
      Secrets secrets,
      Desired desired,
      ScanSight scans,
      SigningSight signing,
      Progress progress,
      OperatorConfiguration.Images images) {
    this.neighbourhood = neighbourhood;
    this.dataPlanes = dataPlanes;
    this.secrets = secrets;
    this.desired = desired;
    this.scans = scans;
    this.signing = signing;
    this.progress = progress;
    this.images = images;
  }

  /// The beginning of a reconciliation: what informers' caches know.
  Sight begin(Artifact artifact) {
    var bucket = Optional.ofNullable(neighbourhood.bucket(artifact));
    var effective = bucket.map(b -> neighbourhood.effectivePolicy(artifact, b));
    var policy =
        effective.flatMap(e ->
            e instanceof EffectivePolicy.Named(var name)
                ? neighbourhood.policy(artifact.getMetadata().getNamespace(), name)
                : Optional.empty());
    var policySight =
        effective.<PolicySight>map(e ->
            switch (e) {
              case EffectivePolicy.Unscanned() -> new PolicySight.Unscanned();
              case EffectivePolicy.Refused(var reason, var message) ->
                  new PolicySight.Refused(reason.name(), message);
              case EffectivePolicy.Named(var name) ->
                  policy
                      .map(p ->
                          PolicyReading.sight(
                              p, images.scan(), images.engineAllowed().orElse(List.of())))
                      .orElseGet(() -> new PolicySight.NotReady(name, "it was just deleted"));
            });
    return new Sight(
        artifact,
        bucket,
        BucketReading.sight(artifact.getSpec().bucketRef().name(), bucket.orElse(null)),
        policy,
        policySight.orElseGet(PolicySight.Unscanned::new)); // without a Bucket nobody asks
  }

  /// Fills in what is missing.
  ///
  /// @throws IOException when the store could not be asked
  Observed observe(Sight sight, Instant now) throws IOException {
    var session = session(sight);
    var version = version(sight, session);
    return new Observed(
        sight.subject(),
        sight.bucketSight,
        sight.policySight,
        neighbourhood.keyTakenBy(sight.artifact()),
        session,
        version,
        secret(sight, SecretRole.Upload),
        secret(sight, SecretRole.Parts),
        secret(sight, SecretRole.Download),
        scans.of(sight, version, now),
        signing(sight, version),
        desired.partUrlLength(sight),
        progress.isDue(sight.artifact(), now));
  }

  ControlClient store(Sight sight) throws IOException {
    return dataPlanes.of(sight.bucket.orElseThrow());
  }

  // Only stored bytes are judged, and the Secrets are read once in a reconciliation.
  private Sights.Signing signing(Sight sight, Sights.Version version) throws IOException {
    if (!(version instanceof Sights.Version.Stored)) {
      return new Sights.Signing.NotAsked();
    }
    var known = sight.signing == null ? signing.of(sight, store(sight)) : sight.signing;
    sight.signing = known;
    return known;
  }

  private Sights.Session session(Sight sight) throws IOException {
    if (!sight.isServing() || sight.status().upload() == null || versionId(sight).isPresent()) {
      return new Sights.Session.NotAsked();
    }
    var known = sight.session;
    if (known == null) {
      known =
          store(sight)
              .session(sight.subject().session())
              .<Sights.Session>map(Sights.Session.Held::new)
              .orElseGet(Sights.Session.None::new);
      sight.session = known;
    }
    return known;
  }

  private Sights.Version version(Sight sight, Sights.Session session) throws IOException {
    var known = sight.version;
    if (known != null || !sight.isServing()) {
      return known == null ? new Sights.Version.NotAsked() : known;
    }
    var id = versionId(sight).or(() -> arrived(session));
    if (id.isEmpty()) {
      return new Sights.Version.NotAsked();
    }
    var found =
        store(sight)
            .version(id.get())
            .<Sights.Version>map(Sights.Version.Stored::new)
            .orElseGet(() -> new Sights.Version.Gone(id.get()));
    sight.version = found;
    return found;
  }

  private static Optional<String> versionId(Sight sight) {
    var location = sight.status().location();
    return location == null ? Optional.empty() : Optional.ofNullable(location.versionId());
  }

  private static Optional<String> arrived(Sights.Session session) {
    return session instanceof Sights.Session.Held(var held) && held.version() != null
        ? Optional.of(held.version().versionId())
        : Optional.empty();
  }

  private UrlSecret secret(Sight sight, SecretRole role) {
    var known = sight.secrets.get(role);
    if (known != null) {
      return known;
    }
    var seen = desired.secret(sight, role).map(secrets::look).orElseGet(UrlSecret.NotAsked::new);
    if (!(seen instanceof UrlSecret.NotAsked)) {
      sight.secrets.put(role, seen);
    }
    return seen;
  }
}
