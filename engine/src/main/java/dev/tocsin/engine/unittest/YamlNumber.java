package dev.tocsin.engine.unittest;

import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plain numbers as Go's YAML reads them: whole ones also as `0x10`, `0o17`, `017` or `0b1`, with
/// underscores anywhere, and `.inf` and `.nan`.
final class YamlNumber {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private static final Pattern RADIX =
      Pattern.compile("([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))");

  private static final Pattern INFINITE = Pattern.compile("([-+]?)\\.(?:inf|Inf|INF)");

  private YamlNumber() {}

  static OptionalDouble parse(String text) {
    Matcher infinite = INFINITE.matcher(text);
    if (infinite.matches()) {
      double sign = infinite.group(1).equals("-") ? -1 : 1;
      return OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
    }
    if (text.matches("\\.(nan|NaN|NAN)")) {
      return OptionalDouble.of(Double.NaN);
    }
    String plain = text.startsWith("_") ? text : text.replace("_", "");
    Matcher radix = RADIX.matcher(plain);
    if (radix.matches()) {
      return OptionalDouble.of(whole(radix));
    }
    return FLOAT.matcher(plain).matches()
        ? OptionalDouble.of(Double.parseDouble(plain))
        : OptionalDouble.empty();
  }

  private static double whole(Matcher radix) {
    BigInteger number;
    if (radix.group(2) != null) {
      number = new BigInteger(radix.group(2), 16);
    } else if (radix.group(3) != null) {
      number = new BigInteger(radix.group(3), 8);
    } else {
      number = new BigInteger(radix.group(4), 2);
    }
    return (radix.group(1).equals("-") ? -1 : 1) * number.doubleValue();
  }
}
