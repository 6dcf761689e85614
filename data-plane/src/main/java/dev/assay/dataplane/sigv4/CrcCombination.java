package dev.assay.dataplane.sigv4;

/// Joins the CRCs of two runs of bytes to the CRC of both, without the bytes (the method of zlib's
/// `crc32_combine`): multiplying by x^(8n) modulo the polynomial stands for appending n bytes.
public final class CrcCombination {
  private CrcCombination() {}

  /// @param first CRC of the first run
  /// @param second CRC of the run that follows
  /// @param secondLengthBytes its length
  public static long combine(Algorithm algorithm, long first, long second, long secondLengthBytes) {
    var width = algorithm.lengthBytes() * 8;
    return multiply(algorithm, width, shift(algorithm, width, secondLengthBytes), first) ^ second;
  }

  /// x^(8n) modulo the polynomial, by squaring.
  private static long shift(Algorithm algorithm, int width, long bytes) {
    var one = 1L << (width - 1);
    var result = one;
    var power = one >>> 8;
    for (var n = bytes; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = multiply(algorithm, width, power, result);
      }
      power = multiply(algorithm, width, power, power);
    }
    return result;
  }

  /// The product of two reflected polynomials, in which the highest bit stands for x^0.
  private static long multiply(Algorithm algorithm, int width, long a, long b) {
    var product = 0L;
    var factor = b;
    for (var bit = width - 1; bit >= 0; bit--) {
      if ((a >>> bit & 1) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? (factor >>> 1) ^ algorithm.polynomial() : factor >>> 1;
    }
    return product;
  }
}
