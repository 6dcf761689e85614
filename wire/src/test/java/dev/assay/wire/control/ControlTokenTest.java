package dev.assay.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlTokenTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final KeyPair OURS = keys();
  private static final KeyPair OTHERS = keys();
  private static final ControlToken.Call CALL = call("uid", "POST", "/v1/x?a=b", "{}");

  record Case(
      String name,
      ControlToken.Call call,
      KeyPair key,
      Duration later,
      ControlToken.Verdict verdict) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var accepted = new ControlToken.Verdict.Accepted();
    return Stream.of(
        new Case("holds for its call", CALL, OURS, Duration.ZERO, accepted),
        new Case("holds until its end and the skew", CALL, OURS, Duration.ofSeconds(64), accepted),
        new Case("is over after them", CALL, OURS, Duration.ofSeconds(65), refused("time")),
        new Case(
            "is accepted from a clock a little ahead",
            CALL,
            OURS,
            Duration.ofSeconds(-5),
            accepted),
        new Case("is refused from the future", CALL, OURS, Duration.ofSeconds(-6), refused("time")),
        new Case("another key", CALL, OTHERS, Duration.ZERO, refused("signature")),
        new Case(
            "another Bucket",
            call("other", "POST", "/v1/x?a=b", "{}"),
            OURS,
            Duration.ZERO,
            refused("audience")),
        new Case(
            "another method",
            call("uid", "PUT", "/v1/x?a=b", "{}"),
            OURS,
            Duration.ZERO,
            refused("method")),
        new Case(
            "another query",
            call("uid", "POST", "/v1/x?a=c", "{}"),
            OURS,
            Duration.ZERO,
            refused("path")),
        new Case(
            "another body",
            call("uid", "POST", "/v1/x?a=b", "{ }"),
            OURS,
            Duration.ZERO,
            refused("body")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsForExactlyWhatWasSigned(Case c) {
    var token = ControlToken.sign(CALL, OURS.getPrivate(), NOON);

    var verdict =
        ControlToken.verify(token, c.call(), List.of(c.key().getPublic()), NOON.plus(c.later()));

    assertThat(verdict).isEqualTo(c.verdict());
  }

  @Test
  void eitherKeyOfARotationIsAccepted() {
    var token = ControlToken.sign(CALL, OURS.getPrivate(), NOON);

    var verdict =
        ControlToken.verify(token, CALL, List.of(OTHERS.getPublic(), OURS.getPublic()), NOON);

    assertThat(verdict).isEqualTo(new ControlToken.Verdict.Accepted());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotAToken(String token) {
    var verdict = ControlToken.verify(token, CALL, List.of(OURS.getPublic()), NOON);

    assertThat(verdict).isInstanceOf(ControlToken.Verdict.Refused.class);
  }

  static Stream<String> malformed() {
    var good = ControlToken.sign(CALL, OURS.getPrivate(), NOON);
    var unsigned = "eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.'));
    return Stream.of(
        "",
        "a.b",
        "a.b.c",
        good + ".x",
        good.substring(0, good.length() - 1),
        unsigned,
        good + "=!");
  }

  private static ControlToken.Verdict refused(String check) {
    return new ControlToken.Verdict.Refused(check);
  }

  private static ControlToken.Call call(String uid, String method, String path, String body) {
    return ControlToken.Call.of(uid, method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
