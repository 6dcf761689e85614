package dev.assay.operator.certificate;

import dev.assay.operator.certificate.Observed.AuthoritySight;
import dev.assay.operator.certificate.Observed.LeafSight;
import dev.assay.operator.certificate.Observed.Trusted;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides the next step towards a valid leaf whose CA every API server trusts. The order is what
/// matters: a CA is trusted, then used, and the old one is forgotten last.
final class CertificateDecision {
  private CertificateDecision() {}

  static Step decide(Observed seen, Instant now) {
    return switch (seen.authority()) {
      case AuthoritySight.Missing() ->
          new Step.MakeAuthority("there was none", alive(issuer(seen.leaf()), now));
      case AuthoritySight.Unusable(var why, var previous) ->
          new Step.MakeAuthority(
              why, alive(Stream.concat(previous.stream(), issuer(seen.leaf())), now));
      case AuthoritySight.Held held when now.isBefore(held.current().notBefore()) ->
          replace("the old one is not valid before " + held.current().notBefore(), held, now);
      case AuthoritySight.Held held when !now.isBefore(held.current().renewAt()) ->
          replace("the old one ends at " + held.current().notAfter(), held, now);
      case AuthoritySight.Held held -> trust(held, seen, now);
    };
  }

  /// The CAs that an API server shall trust, the one that signs first.
  static String bundle(AuthoritySight.Held authority) {
    return Stream.concat(Stream.of(authority.current()), authority.previous().stream())
        .map(Anchor::pem)
        .distinct()
        .collect(Collectors.joining());
  }

  private static Step replace(String why, AuthoritySight.Held held, Instant now) {
    var known = Stream.concat(Stream.of(held.current()), held.previous().stream());
    return new Step.MakeAuthority(why, alive(known, now));
  }

  private static Step trust(AuthoritySight.Held held, Observed seen, Instant now) {
    var bundle = bundle(held);
    var wrong =
        seen.hooks().stream()
            .filter(hook -> hook.bundles().stream().anyMatch(b -> !b.equals(bundle)))
            .toList();
    if (held.trusted() instanceof Trusted.Since && isAwaited(held, seen.leaf())) {
      if (wrong.stream().anyMatch(hook -> lacks(hook, held.current()))) {
        return new Step.RestartWait();
      }
    }
    if (!wrong.isEmpty()) {
      return new Step.Trust(bundle, wrong);
    }
    return switch (held.trusted()) {
      case Trusted.NotYet() -> new Step.RecordTrust(now);
      case Trusted.Since(var time) when time.isAfter(now) -> new Step.RecordTrust(now);
      case Trusted.Since(var time) -> leaf(held, time, seen.leaf(), now);
    };
  }

  private static Step leaf(
      AuthoritySight.Held held, Instant trustedSince, LeafSight sight, Instant now) {
    return switch (sight) {
      case LeafSight.Missing() -> new Step.Issue("there was none");
      case LeafSight.Unusable(var why) -> new Step.Issue(why);
      case LeafSight.Held leaf when !now.isBefore(leaf.notAfter()) ->
          new Step.Issue("the old one has ended at " + leaf.notAfter());
      case LeafSight.Held leaf when now.isBefore(leaf.notBefore()) ->
          new Step.Issue("the old one is not valid before " + leaf.notBefore());
      case LeafSight.Held leaf when leaf.issuer().equals(held.current()) ->
          settled(held, leaf, now);
      case LeafSight.Held leaf when !held.previous().contains(leaf.issuer()) ->
          new Step.Issue("the CA of the old one is none of ours");
      case LeafSight.Held leaf -> switchOver(leaf, trustedSince, now);
    };
  }

  private static Step settled(AuthoritySight.Held held, LeafSight.Held leaf, Instant now) {
    if (!now.isBefore(leaf.renewAt())) {
      return new Step.Issue("the old one ends at " + leaf.notAfter());
    }
    var renewal = earlier(leaf.renewAt(), held.current().renewAt());
    if (held.previous().isEmpty()) {
      return new Step.Rest(renewal);
    }
    var retireAt = leaf.writtenAt().plus(Lifetimes.TRUSTED_AFTER_USE);
    return now.isBefore(retireAt) ? new Step.Rest(earlier(retireAt, renewal)) : new Step.Retire();
  }

  /// The leaf of an old CA works on until the new CA is known everywhere.
  private static Step switchOver(LeafSight.Held leaf, Instant trustedSince, Instant now) {
    var useAt = trustedSince.plus(Lifetimes.TRUSTED_BEFORE_USE);
    return now.isBefore(useAt)
        ? new Step.Rest(earlier(useAt, leaf.notAfter()))
        : new Step.Issue("there is a new CA");
  }

  private static boolean isAwaited(AuthoritySight.Held held, LeafSight sight) {
    return sight instanceof LeafSight.Held leaf && held.previous().contains(leaf.issuer());
  }

  private static boolean lacks(Hook hook, Anchor anchor) {
    return hook.bundles().stream().anyMatch(b -> !b.contains(anchor.pem()));
  }

  private static Stream<Anchor> issuer(LeafSight sight) {
    return sight instanceof LeafSight.Held leaf ? Stream.of(leaf.issuer()) : Stream.of();
  }

  private static List<Anchor> alive(Stream<Anchor> anchors, Instant now) {
    return anchors.distinct().filter(a -> now.isBefore(a.notAfter())).toList();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
