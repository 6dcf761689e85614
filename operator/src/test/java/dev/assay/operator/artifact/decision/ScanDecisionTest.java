package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.FINDINGS;
import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition.Status;
import dev.assay.api.StoredRef;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.operator.scan.ScanRun;
import dev.assay.operator.status.Conditions;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.LabelMatch;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null here fails the test, as it should
class ScanDecisionTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant LATER = NOON.plusSeconds(3600);

  record Case(
      String name,
      Given given,
      Instant now,
      Next next,
      Status ready,
      String readyReason,
      Status scanned,
      String scannedReason) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Given fresh(Consumer<Given> change) {
    return new Given().stored(VersionState.Staged).with(change);
  }

  private static Given running(Consumer<Given> change) {
    var given = fresh(g -> {});
    given.step(NOON);
    given.jobs.put(given.firstJob(), new Sights.Job.Running(""));
    return given.with(change);
  }

  private static Given finished(Findings findings, Consumer<Given> change) {
    return running(g -> {
      var job = g.firstJob();
      g.jobs.put(job, new Sights.Job.Succeeded(Given.summary(job)));
      g.findings.put(Given.findingsOf(job), new Sights.FindingsFile.Read(findings));
      g.urlsDropped = true;
      change.accept(g);
    });
  }

  private static Given failing(int failures, Consumer<Given> change) {
    return fresh(g -> {
      g.status =
          new ArtifactStatusBuilder()
              .scan(
                  new dev.assay.api.artifact.ScanBuilder()
                      .attempts(failures)
                      .lastFailure("no database")
                      .nextAttemptAt(LATER)
                      .build())
              .build();
      change.accept(g);
    });
  }

  private static Given clean(Consumer<Given> change) {
    return new Given().judged(Verdict.Clean).with(change);
  }

  static Stream<Case> cases() {
    var job = fresh(g -> {}).firstJob();
    return Stream.of(
        new Case(
            "the first scan is a Job",
            fresh(g -> {}),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 1)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "without a free slot it queues",
            fresh(g -> g.slotFree = false),
            NOON,
            new Next.Rest(),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Queued"),
        new Case(
            "a suspended policy starts none",
            fresh(g ->
                g.policy =
                    Given.policy(p -> with(p, q -> q.startsScans = PolicySight.Starts.Suspended))),
            NOON,
            new Next.Rest(),
            Status.Unknown,
            "Suspended",
            Status.Unknown,
            "Suspended"),
        new Case(
            "a running Job is waited for",
            running(g -> {}),
            NOON,
            new Next.Rest(),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a lost Job is created again under the same name",
            running(g -> g.jobs.clear()),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 1)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "somebody else's Job of that name is not touched",
            running(g -> g.jobs.put(g.firstJob(), new Sights.Job.Foreign())),
            NOON,
            new Next.Rest(),
            Status.False,
            "NameConflict",
            Status.False,
            "ScanFailed"),
        new Case(
            "a Job for other inputs is abandoned",
            running(g -> g.policy = Given.policy(p -> with(p, q -> q.image = "scan:2"))),
            NOON,
            new Next.AbandonJob(job),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a finished Job's findings are read",
            finished(Given.clean(), g -> g.findings.clear()),
            NOON,
            new Next.ReadFindings(Given.findingsOf(job)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "its URL Secrets go before its verdict counts",
            finished(Given.clean(), g -> g.urlsDropped = false),
            NOON,
            new Next.DropScanUrls(job),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a failed Job's URL Secrets go too",
            running(g -> g.jobs.put(g.firstJob(), new Sights.Job.Failed("no database", NOON))),
            NOON,
            new Next.DropScanUrls(job),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a failed Job is counted, with a pause",
            running(g -> {
              g.jobs.put(g.firstJob(), new Sights.Job.Failed("no database", NOON));
              g.urlsDropped = true;
            }),
            NOON,
            new Next.Remember(),
            Status.False,
            "ScanFailed",
            Status.False,
            "ScanFailed"),
        new Case(
            "during the pause nothing happens",
            failing(1, g -> {}),
            NOON,
            new Next.Rest(),
            Status.False,
            "ScanFailed",
            Status.False,
            "ScanFailed"),
        new Case(
            "at its end the next attempt starts",
            failing(1, g -> {}),
            LATER,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 2)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a person may cut it short",
            failing(1, g -> g.requestedAt = "now"),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 2)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "with onError Quarantine the last retry still counts as a retry",
            failing(2, g -> g.policy = quarantining()),
            NOON,
            new Next.Rest(),
            Status.False,
            "ScanFailed",
            Status.False,
            "ScanFailed"),
        new Case(
            "and beyond it the bytes are quarantined in the store first",
            failing(3, g -> g.policy = quarantining()),
            NOON,
            new Next.ChangeState(
                "v1",
                new StateChange(
                    VersionState.Quarantined, 7, HEX, "ScanFailed", "3 scans failed: no database")),
            null,
            "",
            null,
            ""),
        new Case(
            "then status says so",
            failing(
                3,
                g -> {
                  g.policy = quarantining();
                  g.stored(VersionState.Quarantined);
                }),
            NOON,
            new Next.Rest(),
            Status.False,
            "Quarantined",
            Status.False,
            "ScanFailed"),
        new Case(
            "with onError Retry it stalls and goes on slowly",
            failing(3, g -> {}),
            NOON,
            new Next.Rest(),
            Status.False,
            "ScanFailed",
            Status.False,
            "ScanFailed"),
        new Case(
            "too large is unscannable, without a Job",
            fresh(g -> g.stored(VersionState.Quarantined, 1001)),
            NOON,
            new Next.Remember(),
            Status.False,
            "Quarantined",
            Status.True,
            "Unscannable"),
        new Case(
            "the largest size is still scanned",
            fresh(g -> g.stored(VersionState.Staged, 1000)),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 1)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "what cannot be scanned is released where the policy allows it",
            fresh(g -> {
              g.stored(VersionState.Released, 1001);
              g.policy = Given.policy(p -> with(p, q -> q.allowUnscannable = true));
            }),
            NOON,
            new Next.Remember(),
            Status.True,
            "Succeeded",
            Status.True,
            "Unscannable"),
        new Case(
            "another Artifact's findings of the same bytes are read instead of a scan",
            fresh(g -> g.elsewhere = Optional.of(Given.scan(Verdict.Clean).build())),
            NOON,
            new Next.ReadFindings(FINDINGS),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Judging"),
        new Case(
            "and judged by this Artifact's rules",
            fresh(g -> {
              g.stored(VersionState.Released);
              g.elsewhere = Optional.of(Given.scan(Verdict.Clean).build());
              g.findings.put(FINDINGS, new Sights.FindingsFile.Read(Given.clean()));
            }),
            NOON,
            new Next.Remember(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "findings that are gone are scanned for",
            fresh(g -> {
              g.elsewhere = Optional.of(Given.scan(Verdict.Clean).build());
              g.findings.put(FINDINGS, new Sights.FindingsFile.Unreadable("gone"));
            }),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 1)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a scan with other inputs is not taken over",
            fresh(g ->
                g.elsewhere = Optional.of(Given.scan(Verdict.Clean).inputsHash("old").build())),
            NOON,
            new Next.CreateJob(Given.run(Given.policy(p -> p), 1)),
            Status.Unknown,
            "Progressing",
            Status.Unknown,
            "Scanning"),
        new Case(
            "a good Artifact rests",
            clean(g -> {}),
            LATER,
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "other inputs scan again without an outage",
            clean(g -> g.policy = Given.policy(p -> with(p, q -> q.image = "scan:2"))),
            LATER,
            new Next.CreateJob(Given.run(Given.policy(p -> with(p, q -> q.image = "scan:2")), 1)),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "a queued rescan is no outage either",
            clean(g -> {
              g.policy = Given.policy(p -> with(p, q -> q.image = "scan:2"));
              g.slotFree = false;
            }),
            LATER,
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "a failed rescan is no outage either",
            clean(g -> {
              g.policy =
                  Given.policy(p ->
                      with(
                          p,
                          q -> {
                            q.image = "scan:2";
                            q.quarantinesOnError = true;
                          }));
              g.status =
                  ArtifactStatusBuilder.of(g.status)
                      .scan(
                          dev.assay.api.artifact.ScanBuilder.of(g.status.scan())
                              .attempts(9)
                              .nextAttemptAt(LATER.plusSeconds(1))
                              .build())
                      .build();
            }),
            LATER,
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "the schedule's stroke scans again",
            clean(g -> g.policy = Given.policy(p -> with(p, q -> q.lastSlot = Optional.of(LATER)))),
            LATER,
            new Next.CreateJob(
                Given.run(Given.policy(p -> with(p, q -> q.lastSlot = Optional.of(LATER))), 1)),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "a stroke at the time of the scan is answered already",
            clean(g -> g.policy = Given.policy(p -> with(p, q -> q.lastSlot = Optional.of(NOON)))),
            LATER,
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "a newer database scans again where it is asked for",
            clean(g -> g.policy = database(true, LATER)),
            LATER,
            new Next.CreateJob(Given.run(database(true, LATER), 1)),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "and does not where it is not",
            clean(g -> g.policy = database(false, LATER)),
            LATER,
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "past maxReportAge the report is stale, and the bytes stay served",
            clean(g -> {}),
            NOON.plus(WEEK),
            new Next.Rest(),
            Status.True,
            "Succeeded",
            Status.Unknown,
            "ReportStale"),
        new Case(
            "an edit of the policy reads the findings again",
            clean(g -> g.policy = Given.policy(p -> with(p, q -> q.generation = 4))),
            LATER,
            new Next.ReadFindings(FINDINGS),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"),
        new Case(
            "findings that got lost are scanned for, and the verdict stands meanwhile",
            clean(g -> {
              g.policy = Given.policy(p -> with(p, q -> q.generation = 4));
              g.findings.put(FINDINGS, new Sights.FindingsFile.Unreadable("gone"));
            }),
            LATER,
            new Next.Remember(),
            Status.True,
            "Succeeded",
            Status.True,
            "Clean"));
  }

  private static Given.Policy with(Given.Policy policy, Consumer<Given.Policy> change) {
    change.accept(policy);
    return policy;
  }

  private static PolicySight.InForce quarantining() {
    return Given.policy(p -> with(p, q -> q.quarantinesOnError = true));
  }

  private static PolicySight.InForce database(boolean on, Instant updatedAt) {
    return Given.policy(p ->
        with(
            p,
            q -> {
              q.onDatabaseUpdate = on;
              q.databaseUpdatedAt = Optional.of(updatedAt);
            }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decides(Case c) {
    var decision = c.given().decide(c.now());

    assertThat(decision.next()).isEqualTo(c.next());
    if (c.ready() == null) {
      assertThat(decision.status()).isEqualTo(c.given().status);
      return;
    }
    var ready = Conditions.find(decision.status().conditions(), "Ready").orElseThrow();
    var scanned = Conditions.find(decision.status().conditions(), "Scanned").orElseThrow();
    assertThat(ready.reason()).isEqualTo(c.readyReason());
    assertThat(ready.status()).isEqualTo(c.ready());
    assertThat(scanned.reason()).isEqualTo(c.scannedReason());
    assertThat(scanned.status()).isEqualTo(c.scanned());
  }

  @Test
  void theJobsNameIsWrittenBeforeTheJobIsCreated() {
    var given = fresh(g -> {});

    var decision = given.decide(NOON);

    assertThat(decision.status().scan().jobName()).isEqualTo(given.firstJob());
    assertThat(decision.status().phase()).isEqualTo(Phase.Scanning);
  }

  @Test
  void cleanBytesAreReleasedInTheStoreAndThenInStatus() {
    var given = finished(Given.clean(), g -> {});
    var before = given.status;

    var release = given.step(LATER);
    assertThat(release.next())
        .isEqualTo(
            new Next.ChangeState("v1", new StateChange(VersionState.Released, 7, HEX, null, null)));
    assertThat(given.status).isEqualTo(before);

    given.stored(VersionState.Released);
    var status = given.step(LATER).status();
    assertThat(status.phase()).isEqualTo(Phase.Ready);
    assertThat(status.revision()).isEqualTo("1.4.2@sha256:" + HEX);
    var scan = status.scan();
    assertThat(scan.verdict()).isEqualTo(Verdict.Clean);
    assertThat(scan.scannedAt()).isEqualTo(LATER);
    assertThat(scan.validUntil()).isEqualTo(LATER.plus(WEEK));
    assertThat(scan.policy()).isEqualTo("standard");
    assertThat(scan.policyGeneration()).isEqualTo(3);
    assertThat(scan.inputsHash()).isEqualTo(Given.inputs("scan:1").hash());
    assertThat(scan.databaseUpdatedAt()).isEqualTo(NOON);
    assertThat(scan.engineVersion()).isEqualTo("0.74.0");
    assertThat(scan.findingsRef()).isEqualTo(Given.findingsOf(given.firstJob()));
    assertThat(scan.reportRef().key()).endsWith("/report.json.gz");
    assertThat(scan.sbomRef().key()).endsWith("/sbom.cdx.json.gz");
    assertThat(scan.jobName()).isNull();

    var settled = given.step(LATER);
    assertThat(settled.next()).isEqualTo(new Next.Rest());
    assertThat(settled.wakeAt()).contains(LATER.plus(WEEK));
    assertThat(settled.announcements()).isEmpty();
  }

  record Bad(String name, Findings findings, Verdict verdict, String cause) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("a vulnerability", Given.vulnerable(), Verdict.Vulnerable, "VulnerabilitiesFound"),
        new Bad("a secret", Given.leaky(), Verdict.SecretsFound, "SecretsFound"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badBytesAreQuarantinedInTheStoreThenInStatusThenTheirSecretGoes(Bad bad) {
    var given = finished(bad.findings(), g -> g.stored(VersionState.Released));
    given.downloadSecret = new Sights.UrlSecret.Ours(true);

    var first = given.step(LATER);
    given.stored(VersionState.Quarantined);
    var second = given.step(LATER);
    given.downloadSecret = new Sights.UrlSecret.Absent();
    var third = given.step(LATER);

    assertThat(first.next())
        .isInstanceOfSatisfying(
            Next.ChangeState.class,
            change -> {
              assertThat(change.change().to()).isEqualTo(VersionState.Quarantined);
              assertThat(change.change().reason()).isEqualTo(bad.cause());
              assertThat(change.change().message()).isNotBlank();
            });
    assertThat(second.status().phase()).isEqualTo(Phase.Quarantined);
    assertThat(second.status().scan().verdict()).isEqualTo(bad.verdict());
    assertThat(second.status().quarantine().reason()).isEqualTo(bad.cause());
    assertThat(second.status().quarantine().since()).isEqualTo(LATER);
    assertThat(second.announcements()).extracting("reason").contains("Quarantined");
    assertThat(Conditions.holds(second.status().conditions(), "Quarantined")).isTrue();
    assertThat(Conditions.holds(second.status().conditions(), "Stalled")).isTrue();
    // The verdict is remembered in the same write; the Secret goes in the next round.
    assertThat(second.next()).isEqualTo(new Next.Remember());
    assertThat(third.next()).isEqualTo(new Next.Rest());
  }

  @Test
  void aVulnerabilityIsCounted() {
    var given = finished(Given.vulnerable(), g -> g.stored(VersionState.Quarantined));

    var scan = given.decide(LATER).status().scan();

    assertThat(scan.critical()).isEqualTo(1);
    assertThat(scan.high()).isZero();
    assertThat(scan.secrets()).isZero();
  }

  @Test
  void anExceptionReleasesWithoutAScanAndItsEndQuarantines() {
    var given = new Given().judged(Verdict.Vulnerable);
    given.findings.put(FINDINGS, new Sights.FindingsFile.Read(Given.vulnerable()));
    var until = LATER.plusSeconds(60);
    given.policy =
        Given.policy(p ->
            with(
                p,
                q -> {
                  q.generation = 4;
                  q.exemptions.add(
                      new Exemption(
                          "CVE-2021-44228",
                          new Exemption.Packages.Any(),
                          LabelMatch.EVERYTHING,
                          until));
                }));

    assertThat(given.step(LATER).next()).isInstanceOf(Next.ChangeState.class);
    given.stored(VersionState.Released);
    var released = given.step(LATER);
    assertThat(released.status().phase()).isEqualTo(Phase.Ready);
    assertThat(released.status().quarantine()).isNull();
    assertThat(released.status().scan().excepted()).isEqualTo(1);
    assertThat(released.status().scan().validUntil()).isEqualTo(until);
    assertThat(given.step(LATER).wakeAt()).contains(until);

    given.findings.clear();
    assertThat(given.step(until).next()).isEqualTo(new Next.ReadFindings(FINDINGS));
    given.findings.put(FINDINGS, new Sights.FindingsFile.Read(Given.vulnerable()));
    assertThat(given.step(until).next()).isInstanceOf(Next.ChangeState.class);
    given.stored(VersionState.Quarantined);
    assertThat(given.step(until).status().phase()).isEqualTo(Phase.Quarantined);
  }

  record Answer(String name, Consumer<Given> change, String failure) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Answer answer(
      String name, java.util.function.UnaryOperator<ScanSummary> change, String failure) {
    return new Answer(
        name,
        g -> {
          var job = g.firstJob();
          g.jobs.put(job, new Sights.Job.Succeeded(change.apply(Given.summary(job))));
        },
        failure);
  }

  static Stream<Answer> answers() {
    return Stream.of(
        answer(
            "of other bytes",
            s ->
                new ScanSummary(
                    1,
                    s.outcome(),
                    "sha256:" + Given.OTHER_HEX,
                    null,
                    null,
                    null,
                    null,
                    s.report(),
                    s.sbom(),
                    s.findings(),
                    null),
            "the Job scanned sha256:" + Given.OTHER_HEX + ", the Bucket holds sha256:" + HEX),
        answer(
            "published elsewhere",
            s ->
                new ScanSummary(
                    1,
                    s.outcome(),
                    s.digest(),
                    null,
                    null,
                    null,
                    null,
                    s.report(),
                    s.sbom(),
                    new ScanSummary.Stored(".assay/reports/x", HEX, 1),
                    null),
            "the Job published to '.assay/reports/x', not below"),
        answer(
            "without findings",
            s ->
                new ScanSummary(
                    1,
                    s.outcome(),
                    s.digest(),
                    null,
                    null,
                    null,
                    null,
                    s.report(),
                    s.sbom(),
                    null,
                    null),
            "the Job published no findings"),
        new Answer(
            "with findings that cannot be read",
            g ->
                g.findings.put(
                    Given.findingsOf(g.firstJob()),
                    new Sights.FindingsFile.Unreadable("findings have another digest")),
            "findings have another digest"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerThatCannotBeTrustedIsAFailedAttempt(Answer answer) {
    var given = finished(Given.clean(), answer.change());

    var decision = given.decide(LATER);

    assertThat(decision.status().scan().lastFailure()).startsWith(answer.failure());
    assertThat(decision.status().scan().attempts()).isEqualTo(1);
    assertThat(decision.status().scan().nextAttemptAt())
        .isBetween(LATER.plusSeconds(10), LATER.plusSeconds(11));
    assertThat(decision.status().scan().verdict()).isNull();
    assertThat(decision.announcements()).extracting("reason").contains("ScanFailed");
  }

  @Test
  void aRescanWithAnOlderDatabaseThanTheKnownOneIsTriedAgain() {
    var given = clean(g -> g.policy = database(true, LATER));
    given.step(LATER);
    var job = Given.run(database(true, LATER), 1).jobName();
    given.jobs.put(job, new Sights.Job.Succeeded(Given.summary(job)));
    given.urlsDropped = true;

    var decision = given.decide(LATER);

    assertThat(decision.status().scan().lastFailure())
        .isEqualTo(
            "the Job used the vulnerability database of 2026-11-22T12:00:00Z, there is one of 2026-11-22T13:00:00Z");
    assertThat(decision.status().phase()).isEqualTo(Phase.Ready);
  }

  @Test
  void unscannableBytesAreQuarantinedWithTheReason() {
    var given =
        finished(
            Given.clean(),
            g -> {
              var job = g.firstJob();
              g.stored(VersionState.Quarantined);
              g.jobs.put(
                  job,
                  new Sights.Job.Succeeded(
                      new ScanSummary(
                          1,
                          ScanSummary.Outcome.Unscannable,
                          "sha256:" + HEX,
                          "Encrypted",
                          "an encrypted archive",
                          null,
                          null,
                          null,
                          null,
                          null,
                          null)));
            });

    var status = given.step(LATER).status();

    assertThat(status.scan().verdict()).isEqualTo(Verdict.Unscannable);
    assertThat(status.quarantine().message()).contains("Encrypted", "an encrypted archive");
    given.policy = Given.policy(p -> with(p, q -> with(q, r -> r.generation = 4)));
    assertThat(given.step(LATER).status().scan().policyGeneration()).isEqualTo(4);
    assertThat(given.step(LATER).next()).isEqualTo(new Next.Rest());
  }

  @Test
  void anAbandonedJobIsForgottenOnceItIsGone() {
    var given = running(g -> g.policy = Given.policy(p -> with(p, q -> q.image = "scan:2")));
    given.jobs.clear();

    var decision = given.step(NOON);

    assertThat(decision.next()).isEqualTo(new Next.Remember());
    assertThat(given.status.scan().jobName()).isNull();
    assertThat(given.step(NOON).next()).isInstanceOf(Next.CreateJob.class);
  }

  @Test
  void aPolicyThatSelectsByLabelsIsAskedEachTime() {
    var given = clean(g -> g.policy = Given.policy(p -> with(p, q -> q.selects = true)));

    assertThat(given.step(LATER).next()).isEqualTo(new Next.ReadFindings(FINDINGS));
    given.findings.put(FINDINGS, new Sights.FindingsFile.Read(Given.clean()));
    assertThat(given.step(LATER).next()).isEqualTo(new Next.Rest());
  }

  @Test
  void staleIsAnnouncedOnceAndHasNoWakeUp() {
    var given = clean(g -> {});

    assertThat(given.step(NOON.plus(WEEK)).announcements())
        .extracting("reason")
        .containsExactly("ReportStale");
    var again = given.step(NOON.plus(WEEK).plusSeconds(1));
    assertThat(again.announcements()).isEmpty();
    assertThat(again.wakeAt()).isEmpty();
  }

  @Test
  void thePauseBetweenAttemptsIsWaitedForAndAPressedButtonIsAnsweredOnce() {
    var given = failing(1, g -> g.requestedAt = "monday");

    assertThat(failing(1, g -> {}).decide(NOON).wakeAt()).contains(LATER);
    var pressed = given.step(NOON);
    assertThat(pressed.next()).isInstanceOf(Next.CreateJob.class);
    assertThat(pressed.status().lastHandledReconcileAt()).isEqualTo("monday");
    assertThat(pressed.status().scan().nextAttemptAt()).isNull();
  }

  @Test
  void namesOfJobsDependOnDatabaseStrokeAndAttempt() {
    assertThat(
            Stream.of(
                    Given.run(Given.policy(p -> p), 1),
                    Given.run(Given.policy(p -> p), 2),
                    Given.run(database(false, NOON), 1),
                    Given.run(Given.policy(p -> with(p, q -> q.lastSlot = Optional.of(NOON))), 1))
                .map(ScanRun::jobName)
                .distinct())
        .hasSize(4);
  }

  @Test
  void aScanWaitsForTheDatabase() {
    var given =
        fresh(g ->
            g.policy =
                Given.policy(p -> with(p, q -> q.startsScans = PolicySight.Starts.NoDatabase)));

    var decision = given.decide(NOON);

    assertThat(decision.next()).isEqualTo(new Next.Rest());
    assertThat(Conditions.find(decision.status().conditions(), "Ready").orElseThrow().message())
        .isEqualTo("waiting for the vulnerability database of ScanPolicy 'standard'");
  }

  @Test
  void aPodThatDoesNotGetOnSaysWhy() {
    var given =
        running(g -> g.jobs.put(g.firstJob(), new Sights.Job.Running("Unschedulable: no node")));

    assertThat(
            Conditions.find(given.decide(NOON).status().conditions(), "Ready")
                .orElseThrow()
                .message())
        .isEqualTo("the scan does not get on: Unschedulable: no node");
  }

  @Test
  void theSameFindingsFileInTwoPlacesIsNotMistaken() {
    var given = finished(Given.clean(), g -> {});
    given.findings.clear();
    given.findings.put(
        new StoredRef("elsewhere", "sha256:" + HEX), new Sights.FindingsFile.Read(Given.clean()));

    assertThat(given.decide(NOON).next()).isInstanceOf(Next.ReadFindings.class);
  }

  @Test
  void aScanThatIsThereAlreadyKeepsItsTime() {
    var theirs = Given.scan(Verdict.Clean).scannedAt(NOON.minusSeconds(60)).build();
    var given = fresh(g -> g.stored(VersionState.Released));
    given.elsewhere = Optional.of(theirs);
    given.findings.put(FINDINGS, new Sights.FindingsFile.Read(Given.clean()));

    Scan scan = given.decide(NOON).status().scan();

    assertThat(scan.scannedAt()).isEqualTo(NOON.minusSeconds(60));
    assertThat(scan.findingsRef()).isEqualTo(FINDINGS);
  }
}
