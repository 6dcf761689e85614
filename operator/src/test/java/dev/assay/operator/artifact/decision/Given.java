package dev.assay.operator.artifact.decision;

import dev.assay.api.LocalRef;
import dev.assay.api.StoredRef;
import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.api.artifact.Delivery;
import dev.assay.api.artifact.Download;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.api.artifact.Source;
import dev.assay.api.artifact.Verify;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.scan.ScanRun;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.Severity;
import dev.assay.policy.scan.VerdictRules;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Builds what is observed, starting from an Artifact with an upload source in a Bucket that
/// serves, under a policy that scans. Each test changes what it is about.
final class Given {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String UID = "0b8f2c1e-0000-4000-8000-000000000001";
  static final String HEX = "a".repeat(64);
  static final String OTHER_HEX = "b".repeat(64);
  static final Duration DAY = Duration.ofHours(24);
  static final StoredRef FINDINGS =
      new StoredRef(".assay/reports/x/findings.json.gz", "sha256:" + HEX);

  Source source = new Source(new Source.Upload("10Gi", "24h", null, null), null, null, null, null);
  @Nullable String key;
  @Nullable String digest;
  @Nullable String mediaType;
  @Nullable Verify verify;
  @Nullable Download download;
  @Nullable Delivery delivery;
  @Nullable Boolean suspend;
  String requestedAt = "";
  @Nullable String interval;
  long generation = 1;
  ArtifactStatus status = new ArtifactStatusBuilder().observedGeneration(-1L).build();
  BucketSight bucket = new BucketSight.Serving("releases", Long.MAX_VALUE, List.of(), false);
  PolicySight policy = policy(p -> p);
  Optional<String> keyTakenBy = Optional.empty();
  Sights.Session session = new Sights.Session.NotAsked();
  Sights.Version version = new Sights.Version.NotAsked();
  UrlSecret uploadSecret = new UrlSecret.NotAsked();
  UrlSecret partsSecret = new UrlSecret.NotAsked();
  UrlSecret downloadSecret = new UrlSecret.NotAsked();
  final Map<String, Sights.Job> jobs = new HashMap<>();
  final Map<StoredRef, Sights.FindingsFile> findings = new HashMap<>();
  Sights.Signing signing = new Sights.Signing.NotAsked();
  boolean urlsDropped;
  boolean slotFree = true;
  Optional<Scan> elsewhere = Optional.empty();
  boolean writesProgress = true;

  /// What of a policy a test may change.
  static final class Policy {
    String name = "standard";
    long generation = 3;
    String image = "scan:1";
    Duration maxReportAge = Duration.ofDays(7);
    boolean quarantinesOnError;
    int retries = 2;
    long maxScanSizeBytes = 1000;
    boolean selects;
    PolicySight.Starts startsScans = PolicySight.Starts.Now;
    boolean allowUnscannable;
    boolean onDatabaseUpdate;
    Optional<Instant> databaseUpdatedAt = Optional.empty();
    Optional<Instant> lastSlot = Optional.empty();
    final List<Exemption> exemptions = new ArrayList<>();

    PolicySight.InForce sight() {
      return new PolicySight.InForce(
          name,
          generation,
          new VerdictRules(Severity.HIGH, false, true, allowUnscannable, exemptions),
          inputs(image),
          maxReportAge,
          quarantinesOnError,
          retries,
          maxScanSizeBytes,
          selects,
          startsScans,
          new PolicySight.Rescans(onDatabaseUpdate, databaseUpdatedAt, lastSlot, Optional.empty()));
    }
  }

  static PolicySight.InForce policy(UnaryOperator<Policy> change) {
    return change.apply(new Policy()).sight();
  }

  Given with(java.util.function.Consumer<Given> change) {
    change.accept(this);
    return this;
  }

  Observed seen() {
    return new Observed(
        subject(),
        bucket,
        policy,
        keyTakenBy,
        session,
        version,
        uploadSecret,
        partsSecret,
        downloadSecret,
        new Sights.Scanning(jobs, findings, urlsDropped, slotFree, elsewhere),
        signing,
        700,
        writesProgress);
  }

  Subject subject() {
    var spec =
        new ArtifactSpec(
            ArtifactSpec.Type.Binary,
            "1.4.2",
            new LocalRef("releases"),
            key,
            "agent",
            mediaType,
            digest,
            source,
            verify,
            null,
            download,
            delivery,
            Map.of(),
            ArtifactSpec.DeletionPolicy.Delete,
            suspend,
            interval,
            null);
    return new Subject("demo", "agent", UID, generation, Map.of(), requestedAt, spec, status);
  }

  /// Decides, writes the status, and decides again until nothing but waiting is left of status.
  Decision decide(Instant now) {
    return ArtifactDecision.decide(seen(), now);
  }

  /// Decides and takes the decided status as the one that was written.
  Decision step(Instant now) {
    var decision = decide(now);
    status = decision.status();
    return decision;
  }

  /// The window was opened at noon, session and Secret are there.
  Given opened() {
    step(NOON);
    var plan = ((Next.OpenSession) step(NOON).next()).session();
    session = new Sights.Session.Held(sessionStatus(plan, 0, null));
    uploadSecret = new UrlSecret.Ours(true);
    partsSecret = plan.multipart() == null ? partsSecret : new UrlSecret.Ours(true);
    step(NOON);
    return this;
  }

  static SessionStatus sessionStatus(
      UploadSession session, long bytes, SessionStatus.@Nullable Refusal refusal) {
    return new SessionStatus(session, SessionStatus.Phase.Open, bytes, 0, null, refusal);
  }

  UploadSession openSession() {
    return ((Sights.Session.Held) session).status().session();
  }

  /// The bytes have come, in this state.
  Given stored(VersionState state) {
    return stored(state, 100);
  }

  Given stored(VersionState state, long sizeBytes) {
    version = new Sights.Version.Stored(version(state, sizeBytes));
    return this;
  }

  static StoredVersion version(VersionState state, long sizeBytes) {
    return new StoredVersion(
        "agent/1.4.2/agent",
        "v1",
        sizeBytes,
        HEX,
        "etag",
        "application/octet-stream",
        Map.of(),
        NOON,
        "presign-1",
        UID,
        state,
        7,
        null,
        state == VersionState.Released);
  }

  /// A verdict stands since noon, and the store did as it says.
  Given judged(Scan.Verdict verdict) {
    var bad = verdict != Scan.Verdict.Clean;
    stored(bad ? VersionState.Quarantined : VersionState.Released);
    status =
        ArtifactStatusBuilder.of(status)
            .scan(scan(verdict).build())
            .digest("sha256:" + HEX)
            .build();
    findings.put(FINDINGS, new Sights.FindingsFile.Read(bad ? vulnerable() : clean()));
    step(NOON);
    findings.clear();
    return this;
  }

  static ScanBuilder scan(Scan.Verdict verdict) {
    return new ScanBuilder()
        .verdict(verdict)
        .policy("standard")
        .policyGeneration(3L)
        .inputsHash(inputs("scan:1").hash())
        .scannedAt(NOON)
        .validUntil(NOON.plus(Duration.ofDays(7)))
        .critical(verdict == Scan.Verdict.Vulnerable ? 1 : 0)
        .high(0)
        .medium(0)
        .low(0)
        .unknown(0)
        .secrets(0)
        .excepted(0)
        .findingsRef(FINDINGS);
  }

  static Findings clean() {
    return new Findings(1, "sha256:" + HEX, List.of(), List.of(), 0, 0);
  }

  static Findings vulnerable() {
    return new Findings(
        1,
        "sha256:" + HEX,
        List.of(
            new Findings.Vulnerability(
                "CVE-2021-44228", null, "log4j", "2.14.1", "CRITICAL", "2.15.0", "fixed")),
        List.of(),
        0,
        0);
  }

  static Findings leaky() {
    return new Findings(
        1,
        "sha256:" + HEX,
        List.of(),
        List.of(new Findings.Secret("private-key", "HIGH", "id_rsa", 1)),
        0,
        0);
  }

  /// The Job that a status without any scan asks for first.
  String firstJob() {
    return run((PolicySight.InForce) policy, 1).jobName();
  }

  static ScanRun run(PolicySight.InForce policy, int attempt) {
    return ScanRound.of(new Given().subject(), version(VersionState.Staged, 100), policy)
        .run(attempt);
  }

  static ScanInputs inputs(String image) {
    return new ScanInputs(image, List.of("secret", "vuln"), "", "", "", true, "cyclonedx");
  }

  static ScanSummary.Stored published(String job, String file) {
    return new ScanSummary.Stored(".assay/reports/%s/%s/1/%s".formatted(HEX, job, file), HEX, 10);
  }

  static ScanSummary summary(String job) {
    return new ScanSummary(
        1,
        ScanSummary.Outcome.Scanned,
        "sha256:" + HEX,
        null,
        null,
        NOON,
        "0.74.0",
        published(job, "report.json.gz"),
        published(job, "sbom.cdx.json.gz"),
        published(job, "findings.json.gz"),
        null);
  }

  static StoredRef findingsOf(String job) {
    var stored = published(job, "findings.json.gz");
    return new StoredRef(stored.key(), "sha256:" + stored.sha256());
  }
}
