package dev.tocsin.collect.otlp;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Numbers as protobuf's JSON has them: integers as numbers or texts, floats too, and the three
/// words for what no JSON number can say.
final class JsonNumbers {
  private static final double WHOLE_MAX = 1L << 53;
  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);

  private JsonNumbers() {}

  /// The 64 bits of an integer from -2^63 to 2^64 - 1; null: it is none.
  static @Nullable Long integer(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 21 && isDigits(text);
    if (digits) {
      BigInteger number = new BigInteger(text);
      boolean fits =
          number.bitLength() < 64 || (number.signum() > 0 && number.compareTo(UNSIGNED_END) < 0);
      return fits ? number.longValue() : null;
    }
    Double decimal = decimal(text);
    if (decimal == null) {
      return null;
    }
    double number = decimal;
    boolean whole = number == Math.rint(number) && Math.abs(number) <= WHOLE_MAX;
    return whole ? (long) number : null;
  }

  private static boolean isDigits(String text) {
    int from = text.charAt(0) == '-' ? 1 : 0;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }

  /// The float; null: it is none, or too large to be one.
  static @Nullable Double floating(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> decimal(text);
    };
  }

  /// Java reads more than JSON has: hexadecimal, a letter at the end, blanks.
  private static @Nullable Double decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("+-.eE0123456789".indexOf(text.charAt(i)) < 0) {
        return null;
      }
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? null : number;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
