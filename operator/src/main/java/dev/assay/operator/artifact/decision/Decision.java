package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.operator.status.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to write, then what to do.
///
/// @param status the whole next status; equal to the last one when nothing is to be written
/// @param next done after the status was written
/// @param wakeAt when to look again though nothing happened
/// @param announcements worth an Event once the status is written
public record Decision(
    ArtifactStatus status, Next next, Optional<Instant> wakeAt, List<Announcement> announcements) {}
