package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.DAY;
import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static dev.assay.operator.artifact.decision.Given.OTHER_HEX;
import static dev.assay.operator.artifact.decision.Given.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.Source;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.status.Conditions;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null here fails the test, as it should
class UploadDecisionTest {
  record Case(
      String name,
      Consumer<Given> change,
      Instant now,
      Next next,
      Condition.Status ready,
      String reason,
      String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case rests(
      String name, Consumer<Given> change, Condition.Status ready, String reason, String message) {
    return new Case(name, change, NOON.plusSeconds(60), new Next.Rest(), ready, reason, message);
  }

  private static Case acts(String name, Consumer<Given> change, Next next) {
    return new Case(
        name,
        change,
        NOON.plusSeconds(60),
        next,
        Condition.Status.Unknown,
        "Progressing",
        "opening the upload window");
  }

  private static Consumer<Given> refused(String reason, String expected, String actual) {
    return g ->
        g.session =
            new Sights.Session.Held(
                Given.sessionStatus(
                    g.openSession(), 0, new SessionStatus.Refusal(reason, expected, actual)));
  }

  static Stream<Case> openWindow() {
    var expired =
        "no upload before 2026-11-23T12:00:00Z; raise spec.source.upload.expiresIn to open the window again, or delete this Artifact";
    return Stream.of(
        rests(
            "waits for an upload",
            g -> {},
            Condition.Status.Unknown,
            "AwaitingUpload",
            "waiting for an upload with the URL in Secret 'agent-upload', until 2026-11-23T12:00:00Z"),
        acts(
            "writes a Secret that is missing",
            g -> g.uploadSecret = new UrlSecret.Absent(),
            new Next.WriteSecret(SecretRole.Upload)),
        acts(
            "writes a Secret that was changed",
            g -> g.uploadSecret = new UrlSecret.Ours(false),
            new Next.WriteSecret(SecretRole.Upload)),
        rests(
            "touches no Secret of somebody else",
            g -> g.uploadSecret = new UrlSecret.Foreign("agent-upload"),
            Condition.Status.False,
            "NameConflict",
            "Secret 'agent-upload' exists and is not this Artifact's; delete it, or name another one in spec"),
        rests(
            "says who may grant access to Secrets",
            g -> g.uploadSecret = new UrlSecret.Denied("run kubectl create rolebinding …"),
            Condition.Status.False,
            "AccessDenied",
            "run kubectl create rolebinding …"),
        rests(
            "tells of bytes on their way",
            g -> g.session = new Sights.Session.Held(Given.sessionStatus(g.openSession(), 5, null)),
            Condition.Status.Unknown,
            "Progressing",
            "receiving bytes, until 2026-11-23T12:00:00Z"),
        rests(
            "a wrong digest stalls with both digests",
            refused("DigestMismatch", HEX, OTHER_HEX),
            Condition.Status.False,
            "DigestMismatch",
            "spec says sha256:" + HEX + ", upload had sha256:" + OTHER_HEX),
        rests(
            "a body that is too large stalls",
            refused("TooLarge", "at most 10 bytes", "11 bytes"),
            Condition.Status.False,
            "TooLarge",
            "an upload was refused: expected at most 10 bytes, upload had 11 bytes"),
        rests(
            "a media type that is not allowed stalls",
            refused("MediaTypeNotAllowed", "application/*", "text/html"),
            Condition.Status.False,
            "MediaTypeNotAllowed",
            "an upload was refused: expected application/*, upload had text/html"),
        rests(
            "a full Bucket stalls",
            refused("QuotaExceeded", "at most 10 bytes", "11 bytes"),
            Condition.Status.False,
            "QuotaExceeded",
            "an upload was refused: expected at most 10 bytes, upload had 11 bytes"),
        rests(
            "bytes that the Bucket has already stall where duplicates are refused",
            refused("Duplicate", "new bytes", "those of key 'a'"),
            Condition.Status.False,
            "Duplicate",
            "an upload was refused: expected new bytes, upload had those of key 'a'"),
        rests(
            "an upload that was cut may be tried again",
            refused("Incomplete", "10 bytes", "4 bytes"),
            Condition.Status.Unknown,
            "AwaitingUpload",
            "waiting for an upload with the URL in Secret 'agent-upload', until 2026-11-23T12:00:00Z; the last attempt was cut: 4 bytes"),
        new Case(
            "the last second is in time",
            g -> {},
            NOON.plus(DAY).minusSeconds(1),
            new Next.Rest(),
            Condition.Status.Unknown,
            "AwaitingUpload",
            "waiting for an upload with the URL in Secret 'agent-upload', until 2026-11-23T12:00:00Z"),
        new Case(
            "the deadline itself is too late: the session goes first",
            g -> {},
            NOON.plus(DAY),
            new Next.CloseSession(UID),
            Condition.Status.False,
            "UploadExpired",
            expired),
        new Case(
            "then the Secret of the parts",
            g -> {
              g.session = new Sights.Session.None();
              g.partsSecret = new UrlSecret.Ours(true);
            },
            NOON.plus(DAY),
            new Next.DropSecret(SecretRole.Parts),
            Condition.Status.False,
            "UploadExpired",
            expired),
        new Case(
            "then the upload Secret",
            g -> g.session = new Sights.Session.None(),
            NOON.plus(DAY),
            new Next.DropSecret(SecretRole.Upload),
            Condition.Status.False,
            "UploadExpired",
            expired),
        new Case(
            "and an expired window rests",
            g -> {
              g.session = new Sights.Session.None();
              g.uploadSecret = new UrlSecret.Absent();
            },
            NOON.plus(DAY),
            new Next.Rest(),
            Condition.Status.False,
            "UploadExpired",
            expired),
        new Case(
            "a longer window opens again with the time that was signed",
            g -> {
              g.session = new Sights.Session.None();
              g.source =
                  new Source(new Source.Upload("10Gi", "48h", null, null), null, null, null, null);
            },
            NOON.plus(DAY),
            new Next.OpenSession(session(NOON.plus(DAY.multipliedBy(2)), null)),
            Condition.Status.Unknown,
            "Progressing",
            "opening the upload window"));
  }

  private static UploadSession session(Instant expiresAt, @Nullable String sha256) {
    return new UploadSession(
        UID,
        "agent/1.4.2/agent",
        10L << 30,
        sha256,
        List.of(),
        null,
        Map.of(),
        expiresAt,
        null,
        false);
  }

  @ParameterizedTest
  @MethodSource("openWindow")
  void decidesWithinAnOpenWindow(Case c) {
    var decision = new Given().opened().with(c.change()).decide(c.now());

    assertThat(decision.next()).isEqualTo(c.next());
    var ready = Conditions.find(decision.status().conditions(), "Ready").orElseThrow();
    assertThat(ready.message()).isEqualTo(c.message());
    assertThat(ready.reason()).isEqualTo(c.reason());
    assertThat(ready.status()).isEqualTo(c.ready());
    assertThat(Conditions.holds(decision.status().conditions(), "Stalled"))
        .isEqualTo(c.ready() == Condition.Status.False);
  }

  @Test
  void opensTheWindowByWritingTheTimeFirst() {
    var given = new Given();

    var first = given.step(NOON.plusMillis(900));
    var second = given.step(NOON.plusSeconds(5));
    given.session =
        new Sights.Session.Held(Given.sessionStatus(session(NOON.plus(DAY), null), 0, null));
    given.uploadSecret = new UrlSecret.Absent();
    var third = given.step(NOON.plusSeconds(5));

    assertThat(first.next()).isEqualTo(new Next.Remember());
    assertThat(first.status().upload().issuedAt()).isEqualTo(NOON);
    assertThat(first.status().upload().expiresAt()).isEqualTo(NOON.plus(DAY));
    assertThat(first.status().upload().secretName()).isEqualTo("agent-upload");
    assertThat(first.status().phase()).isEqualTo(Phase.Pending);
    assertThat(first.status().location().key()).isEqualTo("agent/1.4.2/agent");
    assertThat(second.next()).isEqualTo(new Next.OpenSession(session(NOON.plus(DAY), null)));
    assertThat(third.next()).isEqualTo(new Next.WriteSecret(SecretRole.Upload));
  }

  @Test
  void wakesWhenTheWindowCloses() {
    var given = new Given().opened();

    assertThat(given.decide(NOON.plusSeconds(1)).wakeAt()).contains(NOON.plus(DAY));
    assertThat(given.decide(NOON.plus(DAY)).wakeAt()).isEmpty();
  }

  @Test
  void decidingAgainChangesNothing() {
    var given = new Given().opened();

    var again = given.decide(NOON.plusSeconds(3600));

    assertThat(again.status()).isEqualTo(given.status);
    assertThat(again.announcements()).isEmpty();
  }

  @Test
  void aDigestThatIsSetLaterChangesTheSession() {
    var given = new Given().opened();
    given.digest = "sha256:" + HEX;

    assertThat(given.decide(NOON).next())
        .isEqualTo(new Next.OpenSession(session(NOON.plus(DAY), HEX)));
  }

  @Test
  void anotherSecretNameDropsTheOldSecretFirst() {
    var given = new Given().opened();
    given.source =
        new Source(new Source.Upload("10Gi", "24h", "other", null), null, null, null, null);

    var first = given.step(NOON);
    given.uploadSecret = new UrlSecret.Absent();
    var second = given.step(NOON);
    var third = given.step(NOON);

    assertThat(first.next()).isEqualTo(new Next.DropSecret(SecretRole.Upload));
    assertThat(first.status().upload().secretName()).isEqualTo("agent-upload");
    assertThat(second.next()).isEqualTo(new Next.Remember());
    assertThat(second.status().upload().secretName()).isEqualTo("other");
    assertThat(third.next()).isEqualTo(new Next.WriteSecret(SecretRole.Upload));
  }

  @Test
  void aMultipartUploadHasASecretOfPartsToo() {
    var given = new Given();
    given.source =
        new Source(
            new Source.Upload("640Mi", "24h", null, new Source.Multipart("64Mi")),
            null,
            null,
            null,
            null);
    given.opened();
    given.partsSecret = new UrlSecret.Absent();

    var decision = given.decide(NOON);

    assertThat(given.openSession().multipart())
        .isEqualTo(new UploadSession.Multipart(64L << 20, 10));
    assertThat(given.status.upload().parts()).isEqualTo(10);
    assertThat(decision.next()).isEqualTo(new Next.WriteSecret(SecretRole.Parts));
  }

  @Test
  void betweenTheWindowAndItsSecretStatusStaysAsItIs() {
    var given = new Given().opened();
    given.uploadSecret = new UrlSecret.Absent();

    var decision = given.decide(NOON);

    assertThat(decision.next()).isEqualTo(new Next.WriteSecret(SecretRole.Upload));
    assertThat(decision.status().upload()).isEqualTo(given.status.upload());
  }

  @Test
  void progressIsWrittenOnlyWhenItIsDue() {
    var given = new Given().opened();
    given.session = new Sights.Session.Held(Given.sessionStatus(given.openSession(), 5, null));
    given.writesProgress = false;

    assertThat(given.decide(NOON).status().upload().bytesReceived()).isNull();
    given.writesProgress = true;
    var written = given.decide(NOON);
    assertThat(written.status().upload().bytesReceived()).isEqualTo(5);
    assertThat(written.status().phase()).isEqualTo(Phase.Receiving);
  }

  @Test
  void aRefusalIsAnnouncedOnceAndClearedByTheNextSuccess() {
    var given = new Given().opened();
    refused("DigestMismatch", HEX, OTHER_HEX).accept(given);

    var first = given.step(NOON);
    var second = given.step(NOON);

    assertThat(first.announcements()).extracting("reason").containsExactly("UploadRefused");
    assertThat(second.announcements()).isEmpty();
    given.session = new Sights.Session.Held(Given.sessionStatus(given.openSession(), 0, null));
    var cleared = given.step(NOON);
    assertThat(cleared.status().upload().refusal()).isNull();
    assertThat(Conditions.holds(cleared.status().conditions(), "Stalled")).isFalse();
  }

  @Test
  void expiryIsAnnouncedOnce() {
    var given = new Given().opened();

    assertThat(given.step(NOON.plus(DAY)).announcements())
        .extracting("reason")
        .containsExactly("UploadExpired");
    assertThat(given.step(NOON.plus(DAY)).announcements()).isEmpty();
  }

  @Test
  void aMediaTypeThatTheBucketRefusesOpensNoWindow() {
    var given = new Given();
    given.mediaType = "text/html";
    given.bucket = new BucketSight.Serving("releases", 10, List.of("application/*"), false);

    var decision = given.decide(NOON);

    assertThat(decision.next()).isEqualTo(new Next.Rest());
    assertThat(Conditions.find(decision.status().conditions(), "Stalled").orElseThrow().message())
        .isEqualTo("spec.mediaType is text/html, the Bucket allows application/*");
  }
}
