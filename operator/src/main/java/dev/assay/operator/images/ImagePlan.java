package dev.assay.operator.images;

import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Comparator.comparing;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ImageVerdict.State;
import dev.assay.operator.status.Announcement;
import dev.assay.policy.image.PinnedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What follows from what was seen of a policy's images. No I/O, no clock, no logging.
///
/// @param verify to be looked at now
/// @param verdicts for status, in the order of their names
/// @param news images in use that have just turned out to be refused
/// @param wakeAt when the next look is due
public record ImagePlan(
    List<PinnedImage> verify,
    List<ImageVerdict> verdicts,
    List<Announcement> news,
    Optional<Instant> wakeAt) {
  /// The schema's bound of `status.images`. What has no place there is in no status, so the webhook
  /// refuses it.
  static final int MOST = 500;

  /// Long enough for a Pod that was denied to be made again.
  static final Duration REMEMBERED = Duration.ofHours(1);

  /// @param dueAt empty while it is being looked at, or cannot be
  private record One(PinnedImage image, Optional<ImageVerdict> verdict, Optional<Instant> dueAt) {}

  public static ImagePlan decide(ImageFacts seen, Instant now) {
    if (!seen.settled()) {
      return new ImagePlan(List.of(), seen.was(), List.of(), Optional.empty());
    }
    var was =
        seen.was().stream().collect(Collectors.toMap(ImageVerdict::image, v -> v, (a, b) -> a));
    var all = wanted(seen, was, now).map(image -> one(image, seen, was, now)).toList();
    var due = all.stream().filter(one -> one.dueAt().filter(at -> !at.isAfter(now)).isPresent());
    return new ImagePlan(
        due.map(One::image).toList(),
        all.stream()
            .flatMap(one -> one.verdict().stream())
            .sorted(comparing(ImageVerdict::image))
            .toList(),
        all.stream().flatMap(one -> news(one, seen, was)).toList(),
        all.stream()
            .flatMap(one -> one.dueAt().stream())
            .filter(now::isBefore)
            .min(Instant::compareTo));
  }

  // Those in use come first, and among them those that have a verdict: nobody is pushed out.
  private static Stream<PinnedImage> wanted(
      ImageFacts seen, Map<String, ImageVerdict> was, Instant now) {
    var inUse =
        seen.inUse().stream()
            .sorted(
                comparing((PinnedImage image) -> !was.containsKey(image.toString()))
                    .thenComparing(PinnedImage::toString));
    var hinted =
        seen.hinted().entrySet().stream()
            .filter(hint -> now.isBefore(hint.getValue().plus(REMEMBERED)))
            .filter(hint -> !seen.inUse().contains(hint.getKey()))
            .sorted(Map.Entry.<PinnedImage, Instant>comparingByValue().reversed())
            .map(Map.Entry::getKey);
    return Stream.concat(inUse, hinted).limit(MOST);
  }

  private static One one(
      PinnedImage image, ImageFacts seen, Map<String, ImageVerdict> verdicts, Instant now) {
    var was = Optional.ofNullable(verdicts.get(image.toString()));
    if (!(seen.rules() instanceof ImageRules.Usable(var digest, var _))) {
      return new One(image, was, Optional.empty()); // void, until the same rules are back
    }
    var valid = was.filter(verdict -> verdict.rulesDigest().equals(digest));
    var look =
        Optional.ofNullable(seen.looks().get(image)).filter(l -> l.rulesDigest().equals(digest));
    var dueAt =
        look.map(l -> l.next(Optional.ofNullable(seen.hinted().get(image))))
            .orElseGet(() -> valid.flatMap(ImagePlan::verifiedUntil).orElse(now));
    return new One(
        image,
        look.map(l -> verdict(image, l, valid)).or(() -> was),
        seen.underWay().contains(image) ? Optional.empty() : Optional.of(dueAt));
  }

  /// For what another process found: only what holds can wait.
  private static Optional<Instant> verifiedUntil(ImageVerdict verdict) {
    return Optional.of(verdict)
        .filter(v -> v.state() == State.Verified)
        .map(ImageVerdict::checkedAt)
        .map(at -> at.plus(Look.VERIFIED_AGAIN));
  }

  // A registry that is away takes no verdict away. The time stays while the finding does.
  private static ImageVerdict verdict(PinnedImage image, Look look, Optional<ImageVerdict> valid) {
    var stays =
        valid.filter(v ->
            look.state() == State.Unknown
                ? v.state() != State.Unknown || look.message().equals(v.message())
                : v.state() == look.state() && look.message().equals(v.message()));
    return stays.orElseGet(() ->
        new ImageVerdict(
            image.toString(),
            look.state(),
            look.message(),
            look.rulesDigest(),
            look.at().truncatedTo(SECONDS)));
  }

  private static Stream<Announcement> news(
      One one, ImageFacts seen, Map<String, ImageVerdict> was) {
    var before = Optional.ofNullable(was.get(one.image().toString())).map(ImageVerdict::state);
    return one.verdict().stream()
        .filter(verdict -> verdict.state() == State.Refused)
        .filter(_ -> before.filter(State.Refused::equals).isEmpty())
        .filter(_ -> seen.inUse().contains(one.image()))
        .map(verdict ->
            new Announcement(
                Announcement.Type.Warning,
                Reasons.VERIFICATION_ERROR,
                "image %s: %s".formatted(verdict.image(), verdict.message())));
  }
}
