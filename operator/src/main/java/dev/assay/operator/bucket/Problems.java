package dev.assay.operator.bucket;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.owned.TenantRole;
import dev.assay.operator.status.Readiness;

/// What a person is told when an object could not be made.
final class Problems {
  private Problems() {}

  static Readiness readiness(Observed seen, Applied problem) {
    return switch (problem) {
      case Applied.Foreign(var object) ->
          new Readiness.Stalled(
              Reasons.NAME_CONFLICT,
              object
                  + " exists and does not belong to this Bucket, so it was not touched: delete or rename it, or give this Bucket another name");
      case Applied.Contested(var object, var fields) ->
          new Readiness.Stalled(
              Reasons.FIELD_CONFLICT,
              object
                  + " was changed by somebody else, who now owns "
                  + fields
                  + ": delete the object, and it is made again");
      case Applied.Denied(var object) ->
          new Readiness.Stalled(
              Reasons.ACCESS_DENIED,
              "the operator may not write "
                  + object
                  + ": run "
                  + TenantRole.grant(seen.namespace(), seen.operatorNamespace()));
      case Applied.Refused(var object, var why) ->
          new Readiness.Stalled(Reasons.INVALID_SPEC, object + " was refused: " + why);
      case Applied.Done _ -> throw new IllegalArgumentException("not a problem");
    };
  }
}
