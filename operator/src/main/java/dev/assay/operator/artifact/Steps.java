package dev.assay.operator.artifact;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.assay.api.StoredRef;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.artifact.decision.Next;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.ScanRound;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.control.SmallObject;
import dev.assay.operator.control.StateAnswer;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.presign.Validity;
import dev.assay.operator.scan.Cache;
import dev.assay.operator.scan.FindingsFile;
import dev.assay.operator.scan.JobSettings;
import dev.assay.operator.scan.ScanJob;
import dev.assay.operator.scan.ScanRun;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Does what was decided, and lets the sight know what came of it.
final class Steps {
  /// Pods start some time after their Job, and clocks differ.
  private static final Duration AROUND_A_JOB = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Observer observer;
  private final Secrets secrets;
  private final Desired desired;
  private final BucketKeys keys;
  private final ScanSight scans;
  private final ScanTurns turns;

  Steps(
      KubernetesClient client,
      Observer observer,
      Secrets secrets,
      Desired desired,
      BucketKeys keys,
      ScanSight scans,
      ScanTurns turns) {
    this.client = client;
    this.observer = observer;
    this.secrets = secrets;
    this.desired = desired;
    this.keys = keys;
    this.scans = scans;
    this.turns = turns;
  }

  /// @throws IOException when the store could not be asked
  void apply(Next next, Sight sight, Instant now) throws IOException {
    switch (next) {
      case Next.Rest() -> {}
      case Next.Remember() -> {}
      case Next.OpenSession(var session) ->
          sight.session = new Sights.Session.Held(observer.store(sight).openSession(session));
      case Next.CloseSession(var id) -> {
        observer.store(sight).closeSession(id);
        sight.session = new Sights.Session.None();
      }
      case Next.WriteSecret(var role) ->
          sight.secrets.put(role, secrets.write(desired.secret(sight, role).orElseThrow()));
      case Next.DropSecret(var role) ->
          sight.secrets.put(role, secrets.drop(desired.secret(sight, role).orElseThrow()));
      case Next.ChangeState(var versionId, var change) -> change(sight, versionId, change);
      case Next.ReadFindings(var ref) -> sight.findings.put(ref, read(sight, ref));
      case Next.CreateJob(var run) -> createJob(sight, run, now);
      case Next.DropScanUrls(var job) -> {
        dropUrls(sight, job);
        turns.ended(sight, job, now);
      }
      case Next.AbandonJob(var job) -> {
        deleteJob(sight, job);
        dropUrls(sight, job);
        sight.jobs.put(job, new Sights.Job.None());
        turns.ended(sight, job, now);
      }
    }
  }

  private void change(Sight sight, String versionId, StateChange change) throws IOException {
    sight.version =
        switch (observer.store(sight).changeState(versionId, change)) {
          case StateAnswer.Changed(var version) -> new Sights.Version.Stored(version);
          case StateAnswer.Moved(var current) -> new Sights.Version.Stored(current);
          case StateAnswer.Missing() -> new Sights.Version.Gone(versionId);
        };
  }

  private Sights.FindingsFile read(Sight sight, StoredRef ref) throws IOException {
    // The reference may come from another Artifact's status.
    if (!ref.key().startsWith(".assay/reports/" + stored(sight).sha256() + "/")) {
      return new Sights.FindingsFile.Unreadable("the findings do not lie with these bytes");
    }
    return switch (observer.store(sight).internal(ref.key())) {
      case SmallObject.Missing() ->
          new Sights.FindingsFile.Unreadable("the findings are not in the Bucket");
      case SmallObject.TooLarge() ->
          new Sights.FindingsFile.Unreadable("the findings are larger than 1 MiB");
      case SmallObject.Read(var bytes, _) ->
          switch (FindingsFile.read(bytes, hex(ref.digest()), storedDigest(sight))) {
            case FindingsFile.Read(var findings) -> new Sights.FindingsFile.Read(findings);
            case FindingsFile.Unreadable(var why) -> new Sights.FindingsFile.Unreadable(why);
          };
    };
  }

  private void createJob(Sight sight, ScanRun run, Instant now) {
    var stored = stored(sight);
    var policy = sight.policy.orElseThrow();
    if (!(sight.policySight instanceof PolicySight.InForce inForce)) {
      throw new IllegalStateException("only a policy in force scans");
    }
    var job =
        new ScanJob(
                ScanRound.of(sight.subject(), stored, inForce).subject(),
                run,
                policy.getMetadata().getName(),
                inForce.inputs(),
                JobSettings.of(policy.getSpec()),
                Cache.of(policy.getSpec(), inForce.inputs()))
            .object();
    var life = Duration.ofSeconds(job.getSpec().getActiveDeadlineSeconds()).plus(AROUND_A_JOB);
    var validity = new Validity(now, life);
    var urls = new UrlSecrets(sight.artifact(), keys.of(sight.bucket.orElseThrow()));
    mustWrite(urls.fetch(run, stored.key(), stored.versionId(), validity));
    mustWrite(urls.publish(run, validity));
    sight.jobs.put(run.jobName(), create(job));
    sight.slot = null; // from here on the Job holds it
  }

  private Sights.Job create(Job job) {
    try {
      client.resource(job).create();
      return new Sights.Job.Running("");
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      var there = client.resource(job).get();
      if (there == null) {
        throw e; // it went in this moment: try again
      }
      return OwnedObjects.isOurs(there, job) ? scans.job(there) : new Sights.Job.Foreign();
    }
  }

  private void mustWrite(Secret secret) {
    switch (secrets.write(secret)) {
      case UrlSecret.Foreign(var name) ->
          throw new Hindered(
              Reasons.NAME_CONFLICT,
              "Secret '%s' is not this Artifact's; delete it".formatted(name));
      case UrlSecret.Denied(var message) -> throw new Hindered(Reasons.ACCESS_DENIED, message);
      case UrlSecret.Ours _, UrlSecret.Absent _, UrlSecret.NotAsked _ -> {}
    }
  }

  private void dropUrls(Sight sight, String job) {
    var run = ScanRun.named(job, 1, "", "");
    secrets.drop(UrlSecrets.named(sight.artifact(), run.fetchSecret()));
    secrets.drop(UrlSecrets.named(sight.artifact(), run.publishSecret()));
    sight.urlsDropped = true;
  }

  private void deleteJob(Sight sight, String name) {
    var jobs =
        client.batch().v1().jobs().inNamespace(sight.artifact().getMetadata().getNamespace());
    var there = jobs.withName(name).get();
    if (there != null && OwnedObjects.isOurs(there, UrlSecrets.named(sight.artifact(), name))) {
      jobs.withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    }
  }

  private static StoredVersion stored(Sight sight) {
    if (sight.version instanceof Sights.Version.Stored(var version)) {
      return version;
    }
    throw new IllegalStateException("only stored bytes are scanned");
  }

  private static String storedDigest(Sight sight) {
    return "sha256:" + stored(sight).sha256();
  }

  private static String hex(String digest) {
    return digest.substring("sha256:".length());
  }
}
