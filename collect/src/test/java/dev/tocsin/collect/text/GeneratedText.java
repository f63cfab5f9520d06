package dev.tocsin.collect.text;

import dev.tocsin.collect.remotewrite.Receiver;
import java.util.SplittableRandom;

/// Makes valid texts out of a seed, with everything that the formats allow. Every sample is of a
/// series of its own, so that none is refused for its time.
final class GeneratedText {
  private static final String LETTERS = "abcXYZ_";
  private static final String[] PIECES = {
    "a", "B", "7", " ", "{", "}", ",", "=", "#", "\t", "é", "日本", "😀", "\u0000", "\\\\", "\\\"",
    "\\n", "\\x", "\\é", "'", ":", "."
  };

  private final SplittableRandom random;
  private final StringBuilder out = new StringBuilder();
  private final boolean openMetrics;

  GeneratedText(long seed) {
    random = new SplittableRandom(seed);
    openMetrics = random.nextBoolean();
    int lines = random.nextInt(12);
    for (int i = 0; i < lines; i++) {
      line(i);
      out.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
    }
    if (openMetrics) {
      out.append(pick("# EOF", "# EOF\n", "# EOF\r\n"));
    } else if (!out.isEmpty() && random.nextInt(4) == 0) {
      out.setLength(out.length() - 1);
    }
  }

  boolean isOpenMetrics() {
    return openMetrics;
  }

  String text() {
    return out.toString();
  }

  private void line(int i) {
    switch (random.nextInt(8)) {
      case 0 ->
          out.append(
              pick(
                  "",
                  " \t",
                  "#",
                  "# HELP a \\n b",
                  "# TYPE a_total counter",
                  "# UNIT a_s s",
                  " #x"));
      default -> sample(i);
    }
  }

  private void sample(int i) {
    out.append(blanks());
    int labels = random.nextInt(5);
    boolean isInside = random.nextInt(3) == 0;
    if (!isInside) {
      out.append(name(true)).append(i).append(blanks());
    }
    if (isInside || labels > 0 || random.nextInt(3) == 0) {
      braces(isInside ? quoted("" + i) : "", labels, "" + i);
      out.append(random.nextInt(5) == 0 ? "" : " ");
    } else {
      out.append(' ');
    }
    out.append(blanks()).append(value());
    if (random.nextBoolean()) {
      out.append(' ').append(blanks()).append(time());
    }
    if (random.nextInt(5) == 0) {
      out.append(" #").append(pick("", " ", "\t"));
      braces("", random.nextInt(3), "");
      out.append(' ').append(value()).append(pick("", " 1763999999.25", "\t7"));
    }
    out.append(blanks());
  }

  /// @param metric empty where it is not inside
  private void braces(String metric, int labels, String suffix) {
    out.append('{').append(blanks());
    int parts = labels + (metric.isEmpty() ? 0 : 1);
    int place = metric.isEmpty() ? -1 : random.nextInt(parts);
    for (int part = 0; part < parts; part++) {
      if (part == place) {
        out.append(metric);
      } else {
        // Names differ by their number.
        out.append(random.nextInt(3) == 0 ? quoted("" + part) : name(false) + part);
        out.append(blanks()).append('=').append(blanks()).append(quoted(pick("", suffix)));
      }
      out.append(blanks());
      if (part < parts - 1 || random.nextInt(4) == 0) {
        out.append(',').append(blanks());
      }
    }
    out.append('}');
  }

  private String name(boolean metric) {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      boolean colon = metric && random.nextInt(9) == 0;
      name.append(colon ? ':' : LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  private String quoted(String end) {
    StringBuilder text = new StringBuilder("\"");
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      text.append(pick(PIECES));
    }
    return text.append(end).append('"').toString();
  }

  private String value() {
    return switch (random.nextInt(7)) {
      case 0 -> pick("NaN", "+Inf", "-Inf", "Inf", "0", "-0", "+7", ".5", "5.", "1e-400");
      case 1 -> Integer.toString(random.nextInt(2000) - 1000);
      case 2 -> Long.toString(random.nextLong());
      case 3 -> random.nextInt(100) + "." + random.nextInt(100);
      case 4 -> random.nextInt(100) + pick("e", "E") + pick("", "+", "-") + random.nextInt(300);
      case 5 -> Double.toString(random.nextDouble());
      default -> finite();
    };
  }

  private String finite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? Double.toString(value) : "1";
  }

  private String time() {
    long timeMs = Receiver.NOW_MS - random.nextInt(80_000_000);
    if (!openMetrics) {
      return Long.toString(timeMs);
    }
    return pick(
        timeMs / 1000 + "." + (1000 + timeMs % 1000 + "").substring(1),
        Double.toString(timeMs / 1000.0),
        Long.toString(timeMs / 1000));
  }

  private String blanks() {
    return random.nextInt(5) == 0 ? pick(" ", "\t", " \t ") : "";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
