package dev.assay.operator;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.RoundingMode;

/// Reads Kubernetes quantities (`10Gi`, `500M`) as numbers of bytes.
public final class ByteSize {
  private ByteSize() {}

  /// @throws IllegalArgumentException when it is not a quantity
  /// @throws ArithmeticException when it is 8 EiB or more
  public static long parse(String quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
