package dev.assay.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.certificate.Hook.Kind;
import dev.assay.operator.certificate.Observed.AuthoritySight;
import dev.assay.operator.certificate.Observed.LeafSight;
import dev.assay.operator.certificate.Observed.Trusted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateDecisionTest {
  private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration INSTANT = Duration.ofNanos(1);

  private static final Anchor OLD = anchor("old");
  private static final Anchor NEW = anchor("new");
  private static final Anchor FOREIGN = anchor("foreign");
  private static final Anchor ENDED = new Anchor("ended", NOW.minus(DAY.multipliedBy(9)), NOW);
  private static final Anchor ENDS_SOON =
      new Anchor("soon", NOW.minus(DAY.multipliedBy(9)), NOW.plus(INSTANT));

  /// So that two thirds are over right now.
  private static final Anchor DUE =
      new Anchor("due", NOW.minus(DAY.multipliedBy(20)), NOW.plus(DAY.multipliedBy(10)));

  private static final Trusted LONG_AGO = since(DAY.multipliedBy(2));
  private static final LeafSight NO_LEAF = new LeafSight.Missing();

  record Case(String name, Observed seen, Step step) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({"authorities", "trust", "leaves", "switchOver", "retirement"})
  void decides(Case row) {
    assertThat(CertificateDecision.decide(row.seen(), NOW)).isEqualTo(row.step());
  }

  static Stream<Case> authorities() {
    var missing = new AuthoritySight.Missing();
    return Stream.of(
        new Case("nothing at all", seen(missing, NO_LEAF), make("there was none")),
        new Case(
            "a deleted CA is recovered from the leaf",
            seen(missing, leaf(OLD, DAY)),
            make("there was none", OLD)),
        new Case(
            "a CA that has ended is not recovered",
            seen(missing, leaf(ENDED, DAY)),
            make("there was none")),
        new Case(
            "a CA is recovered to its last moment",
            seen(missing, leaf(ENDS_SOON, DAY)),
            make("there was none", ENDS_SOON)),
        new Case(
            "a broken leaf recovers nothing",
            seen(missing, new LeafSight.Unusable("broken")),
            make("there was none")),
        new Case(
            "a broken CA",
            seen(new AuthoritySight.Unusable("broken", List.of(FOREIGN, OLD)), leaf(OLD, DAY)),
            make("broken", FOREIGN, OLD)),
        new Case(
            "a CA of the future",
            seen(held(new Anchor("f", NOW.plus(INSTANT), NOW.plus(DAY)), LONG_AGO), leaf(OLD, DAY)),
            make(
                "the old one is not valid before " + NOW.plus(INSTANT),
                new Anchor("f", NOW.plus(INSTANT), NOW.plus(DAY)))),
        new Case(
            "a CA is renewed at two thirds of its life, in the midst of a rotation as well",
            seen(held(DUE, LONG_AGO, OLD), leaf(OLD, DAY)),
            make("the old one ends at " + DUE.notAfter(), DUE, OLD)),
        new Case(
            "a CA that has ended is trusted no more",
            seen(held(ENDED, LONG_AGO), leaf(ENDED, DAY)),
            make("the old one ends at " + NOW)),
        new Case(
            "not a moment before two thirds",
            seen(held(later(DUE), LONG_AGO), leaf(later(DUE), DAY), hook("due")),
            new Step.Rest(NOW.plus(INSTANT))));
  }

  static Stream<Case> trust() {
    var awaited = held(NEW, since(Duration.ofMinutes(1)), OLD);
    var notYet = held(NEW, new Trusted.NotYet(), OLD);
    var restart = new Step.RestartWait();
    return Stream.of(
        new Case(
            "the new CA beside the old, the new one first",
            seen(notYet, leaf(OLD, DAY), hook("old")),
            trust("newold", hook("old"))),
        new Case(
            "only configurations that are wrong are written",
            seen(notYet, leaf(OLD, DAY), hook("newold"), hook("newold", "")),
            trust("newold", hook("newold", ""))),
        new Case(
            "before the first leaf, too",
            seen(held(NEW, new Trusted.NotYet()), NO_LEAF, hook("")),
            trust("new", hook(""))),
        new Case(
            "seen in every caBundle",
            seen(notYet, leaf(OLD, DAY), hook("newold"), hook("newold")),
            new Step.RecordTrust(NOW)),
        new Case("no configuration yet", seen(notYet, leaf(OLD, DAY)), new Step.RecordTrust(NOW)),
        new Case(
            "a configuration without webhooks",
            seen(notYet, leaf(OLD, DAY), hook()),
            new Step.RecordTrust(NOW)),
        new Case(
            "a time to come is no time",
            seen(held(NEW, since(INSTANT.negated())), NO_LEAF, hook("new")),
            new Step.RecordTrust(NOW)),
        new Case(
            "this very moment is one",
            seen(held(NEW, since(Duration.ZERO)), NO_LEAF, hook("new")),
            issue("there was none")),
        new Case("the wait begins anew", seen(awaited, leaf(OLD, DAY), hook("old")), restart),
        new Case(
            "when one of two lacks it",
            seen(awaited, leaf(OLD, DAY), hook("newold", "old")),
            restart),
        new Case(
            "not when only the old CA was taken away",
            seen(awaited, leaf(OLD, DAY), hook("new")),
            trust("newold", hook("new"))),
        new Case(
            "not when nothing waits for it",
            seen(held(NEW, LONG_AGO), leaf(NEW, DAY), hook("")),
            trust("new", hook(""))));
  }

  static Stream<Case> leaves() {
    var held = held(NEW, LONG_AGO, OLD);
    return Stream.of(
        leafCase("a deleted leaf is made at once", held, NO_LEAF, issue("there was none")),
        leafCase(
            "even where the new CA is fresh",
            held(NEW, since(Duration.ZERO), OLD),
            NO_LEAF,
            issue("there was none")),
        leafCase("a broken leaf", held, new LeafSight.Unusable("broken"), issue("broken")),
        leafCase(
            "a leaf that has ended",
            held(NEW, since(Duration.ZERO), OLD),
            new LeafSight.Held(OLD, NOW.minus(DAY), NOW),
            issue("the old one has ended at " + NOW)),
        leafCase(
            "a leaf of the future",
            held,
            new LeafSight.Held(NEW, NOW.plus(INSTANT), NOW.plus(DAY)),
            issue("the old one is not valid before " + NOW.plus(INSTANT))),
        leafCase(
            "a leaf that begins now",
            held(NEW, LONG_AGO),
            new LeafSight.Held(NEW, NOW, NOW.plus(DAY.multipliedBy(3))),
            new Step.Rest(NOW.plus(DAY.multipliedBy(2)))),
        leafCase(
            "a leaf of a foreign CA",
            held,
            leaf(FOREIGN, DAY),
            issue("the CA of the old one is none of ours")),
        leafCase(
            "two thirds of its life are over",
            held,
            new LeafSight.Held(NEW, NOW.minus(DAY.multipliedBy(2)), NOW.plus(DAY)),
            issue("the old one ends at " + NOW.plus(DAY))),
        leafCase(
            "nearly two thirds",
            held(NEW, LONG_AGO),
            new LeafSight.Held(NEW, NOW.minus(DAY.multipliedBy(2)), NOW.plus(DAY.plusNanos(3))),
            new Step.Rest(NOW.plusNanos(2))));
  }

  static Stream<Case> switchOver() {
    var leaf = leaf(OLD, DAY);
    var wait = Duration.ofMinutes(5);
    var use = issue("there is a new CA");
    return Stream.of(
        leafCase("known long enough", held(NEW, since(wait), OLD), leaf, use),
        leafCase(
            "not yet",
            held(NEW, since(wait.minus(INSTANT)), OLD),
            leaf,
            new Step.Rest(NOW.plus(INSTANT))),
        leafCase(
            "the end of the old leaf comes first",
            held(NEW, since(Duration.ZERO), OLD),
            new LeafSight.Held(OLD, NOW.minus(DAY), NOW.plus(INSTANT)),
            new Step.Rest(NOW.plus(INSTANT))));
  }

  static Stream<Case> retirement() {
    var hour = Duration.ofHours(1);
    var held = held(NEW, LONG_AGO, OLD);
    return Stream.of(
        leafCase("an hour after the leaf", held, leaf(NEW, hour), new Step.Retire()),
        leafCase(
            "not before", held, leaf(NEW, hour.minus(INSTANT)), new Step.Rest(NOW.plus(INSTANT))),
        leafCase(
            "a renewal comes first",
            held,
            new LeafSight.Held(NEW, NOW.minusNanos(2), NOW.plusNanos(4)),
            new Step.Rest(NOW.plusNanos(2))));
  }

  private static Case leafCase(String name, AuthoritySight.Held held, LeafSight leaf, Step step) {
    return new Case(name, seen(held, leaf, hook(CertificateDecision.bundle(held))), step);
  }

  private static Observed seen(AuthoritySight authority, LeafSight leaf, Hook... hooks) {
    return new Observed(authority, leaf, List.of(hooks));
  }

  private static Hook hook(String... bundles) {
    return new Hook(Kind.Validating, "7", List.of(bundles));
  }

  private static AuthoritySight.Held held(Anchor current, Trusted trusted, Anchor... previous) {
    return new AuthoritySight.Held(current, List.of(previous), trusted);
  }

  private static Trusted since(Duration ago) {
    return new Trusted.Since(NOW.minus(ago));
  }

  private static Anchor anchor(String pem) {
    return new Anchor(pem, NOW.minus(DAY.multipliedBy(100)), NOW.plus(DAY.multipliedBy(3000)));
  }

  /// Two thirds of it are over a nanosecond later.
  private static Anchor later(Anchor anchor) {
    return new Anchor(
        anchor.pem(), anchor.notBefore().plusNanos(1), anchor.notAfter().plusNanos(1));
  }

  /// @param age since it was written
  private static LeafSight leaf(Anchor issuer, Duration age) {
    return new LeafSight.Held(
        issuer,
        NOW.minus(age).minus(Duration.ofMinutes(5)),
        NOW.minus(age).plus(DAY.multipliedBy(90)));
  }

  private static Step make(String why, Anchor... previous) {
    return new Step.MakeAuthority(why, List.of(previous));
  }

  private static Step trust(String bundle, Hook... hooks) {
    return new Step.Trust(bundle, List.of(hooks));
  }

  private static Step issue(String why) {
    return new Step.Issue(why);
  }
}
