package dev.tocsin.collect.text;

import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads texts in the plainest way there is, with regular expressions and strings: what the
/// receiver is compared with.
final class PlainReader {
  private static final String BLANKS = "[ \t]*";
  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final String PLAIN_LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final String WORD = "[^ \t\r]+";

  private static final String PAIR =
      "(?:(?:" + QUOTED + "|" + PLAIN_LABEL + ")" + BLANKS + "=" + BLANKS + QUOTED + ")";
  private static final String PART = "(?:" + PAIR + "|" + QUOTED + ")";
  private static final String BRACES = "\\{" + BLANKS + list(PART) + "}";
  private static final String EXEMPLAR =
      "#" + BLANKS + "\\{" + BLANKS + list(PAIR) + "}" + BLANKS + WORD + "(?:[ \t]+" + WORD + ")?";

  private static final Pattern LINE =
      Pattern.compile(
          BLANKS
              + "(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)?"
              + BLANKS
              + ("(?<braces>" + BRACES + ")?")
              + BLANKS
              + ("(?<value>" + WORD + ")")
              + ("(?:[ \t]+(?<time>[^ \t\r#]" + "[^ \t\r]*))?")
              + ("(?:[ \t]+" + EXEMPLAR + ")?")
              + BLANKS);

  private static final Pattern ONE =
      Pattern.compile(
          "(?:(?<quotedName>"
              + QUOTED
              + ")|(?<plainName>"
              + PLAIN_LABEL
              + "))"
              + ("(?:" + BLANKS + "=" + BLANKS + "(?<value>" + QUOTED + "))?"));

  private PlainReader() {}

  private static String list(String part) {
    String comma = BLANKS + "," + BLANKS;
    return "(?:" + part + "(?:" + comma + part + ")*(?:" + comma + ")?)?" + BLANKS;
  }

  /// Every sample of a good text.
  static List<Receiver.Came> read(String text, boolean openMetrics, long nowMs) {
    List<Receiver.Came> all = new ArrayList<>();
    for (String line : text.split("\r?\n|\r$", -1)) {
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        all.add(sample(line, openMetrics, nowMs));
      }
    }
    return all;
  }

  private static Receiver.Came sample(String line, boolean openMetrics, long nowMs) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    Labels.Builder labels = Labels.builder();
    if (matcher.group("name") != null) {
      labels.set("__name__", matcher.group("name"));
    }
    if (matcher.group("braces") != null) {
      String braces = matcher.group("braces");
      Matcher one = ONE.matcher(braces);
      while (one.find()) {
        String quoted = one.group("quotedName");
        String name = quoted == null ? one.group("plainName") : meant(quoted);
        String value = one.group("value");
        labels.set(value == null ? "__name__" : name, value == null ? name : meant(value));
      }
    }
    String time = matcher.group("time");
    return new Receiver.Came(
        labels.build(),
        time == null ? nowMs : time(time, openMetrics),
        bits(matcher.group("value")));
  }

  private static long time(String text, boolean openMetrics) {
    return openMetrics ? Math.round(Double.parseDouble(text) * 1000) : Long.parseLong(text);
  }

  private static long bits(String text) {
    return switch (text) {
      case "NaN" -> StaleMarker.NORMAL_NAN_BITS;
      case "+Inf", "Inf" -> Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
      case "-Inf" -> Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY);
      default -> Double.doubleToRawLongBits(Double.parseDouble(text));
    };
  }

  /// Without quotes and escapes.
  private static String meant(String quoted) {
    String text = quoted.substring(1, quoted.length() - 1);
    return Pattern.compile("\\\\([\\\\\"n])")
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1).equals("n") ? "\n" : m.group(1)));
  }
}
