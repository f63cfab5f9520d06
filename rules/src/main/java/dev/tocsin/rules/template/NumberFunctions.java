package dev.tocsin.rules.template;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.rules.template.format.FloatText;
import dev.tocsin.rules.template.parse.Literals;
import dev.tocsin.rules.template.value.GoDuration;
import dev.tocsin.rules.template.value.GoTime;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Numbers for people, and time. Source: the template reference of Prometheus.
final class NumberFunctions {
  private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
  private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
  private static final List<String> BINARY =
      List.of("ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi");

  private NumberFunctions() {}

  private interface Text {
    String of(double value);
  }

  static void addTo(Map<String, Function> map) {
    map.put("humanize", humanizing(NumberFunctions::humanize));
    map.put("humanize1024", humanizing(NumberFunctions::humanize1024));
    map.put("humanizeDuration", humanizing(NumberFunctions::humanizeDuration));
    map.put("humanizePercentage", humanizing(value -> fourDigits(value * 100) + "%"));
    map.put("humanizeTimestamp", humanizing(NumberFunctions::humanizeTimestamp));
    map.put(
        "toTime",
        Function.of(
            (_, given) -> new GoValue.Moment(toTime(Take.number(given.getFirst()))), Type.ANY));
    map.put(
        "toDuration",
        Function.of(
            (_, given) -> new GoValue.Span(GoDuration.ofSeconds(Take.number(given.getFirst()))),
            Type.ANY));
    map.put("now", Function.of((run, _) -> new GoValue.Real(run.data().timeMs() / 1000.0)));
    map.put(
        "parseDuration",
        Function.of(
            (_, given) -> new GoValue.Real(parseDuration(Take.string(given, 0))), Type.STRING));
  }

  private static Function humanizing(Text text) {
    return Function.of(
        (_, given) -> new GoValue.Str(text.of(Take.number(given.getFirst()))), Type.ANY);
  }

  private static String fourDigits(double value) {
    return FloatText.general(value, 4);
  }

  private static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value);
  }

  private static String humanize(double value) {
    if (value == 0 || isSpecial(value)) {
      return fourDigits(value);
    }
    return Math.abs(value) >= 1 ? scaled(value, 1000, LARGE) : enlarged(value);
  }

  private static String humanize1024(double value) {
    return Math.abs(value) <= 1 || isSpecial(value)
        ? fourDigits(value)
        : scaled(value, 1024, BINARY);
  }

  private static String scaled(double value, double step, List<String> prefixes) {
    double rest = value;
    String chosen = "";
    for (String prefix : prefixes) {
      if (Math.abs(rest) < step) {
        break;
      }
      chosen = prefix;
      rest /= step;
    }
    return fourDigits(rest) + chosen;
  }

  private static String enlarged(double value) {
    double rest = value;
    String chosen = "";
    for (String prefix : SMALL) {
      if (Math.abs(rest) >= 1) {
        break;
      }
      chosen = prefix;
      rest *= 1000;
    }
    return fourDigits(rest) + chosen;
  }

  private static String humanizeDuration(double value) {
    if (isSpecial(value)) {
      return fourDigits(value);
    }
    if (value == 0) {
      return fourDigits(value) + "s";
    }
    if (Math.abs(value) < 1) {
      return enlarged(value) + "s";
    }
    String sign = value < 0 ? "-" : "";
    double size = Math.abs(value);
    long whole = (long) size;
    long seconds = whole % 60;
    long minutes = whole / 60 % 60;
    long hours = whole / 3600 % 24;
    long days = whole / 86_400;
    if (days != 0) {
      return sign + days + "d " + hours + "h " + minutes + "m " + seconds + "s";
    }
    if (hours != 0) {
      return sign + hours + "h " + minutes + "m " + seconds + "s";
    }
    if (minutes != 0) {
      return sign + minutes + "m " + seconds + "s";
    }
    return sign + fourDigits(size) + "s";
  }

  private static String humanizeTimestamp(double value) {
    return isSpecial(value) ? fourDigits(value) : toTime(value).toString();
  }

  private static GoTime toTime(double seconds) {
    if (isSpecial(seconds)) {
      throw new CallFailure("value is NaN or Inf");
    }
    return GoTime.ofSeconds(seconds)
        .orElseThrow(
            () ->
                new CallFailure(
                    Take.shown(seconds)
                        + " cannot be represented as a nanoseconds timestamp"
                        + " since it overflows int64"));
  }

  /// Seconds; a sign in front is allowed.
  private static double parseDuration(String text) {
    String size = text.startsWith("-") ? text.substring(1) : text;
    if (size.isEmpty()) {
      throw new CallFailure("empty duration string");
    }
    OptionalLong millis = PromDuration.parse(size);
    if (millis.isEmpty()) {
      throw new CallFailure("not a valid duration string: " + Literals.quote(text));
    }
    double seconds = millis.getAsLong() / 1000.0;
    return text.startsWith("-") ? -seconds : seconds;
  }
}
