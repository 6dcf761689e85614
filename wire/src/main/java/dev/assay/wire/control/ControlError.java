package dev.assay.wire.control;

import org.jspecify.annotations.Nullable;

/// The body of every answer of the control port that is not 2xx.
///
/// @param code `Unauthorized`, `NotFound`, `Conflict`, `CursorGone`, `BadRequest`, `Unavailable`
/// @param message names the object, what was expected and what was found
/// @param current the version as it is, with `Conflict`
public record ControlError(String code, String message, @Nullable StoredVersion current) {}
