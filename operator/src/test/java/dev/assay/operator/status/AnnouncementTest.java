package dev.assay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnouncementTest {
  record Case(String name, List<Condition> was, List<Condition> is, List<Announcement> news) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "the first Ready is news",
            List.of(),
            List.of(condition("Ready", Status.Unknown, "AwaitingUpload", "m")),
            List.of(new Announcement(Announcement.Type.Normal, "AwaitingUpload", "m"))),
        new Case(
            "a failure is a warning",
            List.of(condition("Ready", Status.Unknown, "Progressing", "m")),
            List.of(condition("Ready", Status.False, "Quarantined", "n")),
            List.of(new Announcement(Announcement.Type.Warning, "Quarantined", "n"))),
        new Case(
            "another reason is news",
            List.of(condition("Ready", Status.False, "A", "m")),
            List.of(condition("Ready", Status.False, "B", "m")),
            List.of(new Announcement(Announcement.Type.Warning, "B", "m"))),
        new Case(
            "another message is not",
            List.of(condition("Ready", Status.False, "A", "m")),
            List.of(condition("Ready", Status.False, "A", "n")),
            List.of()),
        new Case(
            "the rest of the summary and other conditions are not",
            List.of(),
            List.of(
                condition("Stalled", Status.True, "A", "m"),
                condition("SourceVerified", Status.True, "A", "m")),
            List.of()),
        new Case(
            "a condition that is asked for is, once with the same words",
            List.of(),
            List.of(
                condition("Ready", Status.False, "Quarantined", "m"),
                condition("Quarantined", Status.True, "Quarantined", "m")),
            List.of(new Announcement(Announcement.Type.Warning, "Quarantined", "m"))),
        new Case(
            "an abnormal condition that ends is good news",
            List.of(condition("Quarantined", Status.True, "A", "m")),
            List.of(condition("Quarantined", Status.False, "Released", "m")),
            List.of(new Announcement(Announcement.Type.Normal, "Released", "m"))),
        new Case(
            "a stale report is a warning",
            List.of(condition("Scanned", Status.True, "Clean", "m")),
            List.of(condition("Scanned", Status.Unknown, "ReportStale", "m")),
            List.of(new Announcement(Announcement.Type.Warning, "ReportStale", "m"))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void announcesWhatChanged(Case c) {
    assertThat(Announcement.between(c.was(), c.is(), Set.of("Scanned", "Quarantined")))
        .isEqualTo(c.news());
  }

  private static Condition condition(String type, Status status, String reason, String message) {
    return new Condition(type, status, 1L, Instant.EPOCH, reason, message);
  }
}
