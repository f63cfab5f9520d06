package dev.tocsin.collect.otlp;

import java.util.Map;

/// The unit of a metric as Prometheus spells it: `By/s` is `bytes` and `per_second`. Source:
/// prometheus/otlptranslator, unit_namer.go and metric_namer.go.
///
/// @param main empty where there is none
/// @param per with its `per_`; empty where there is none
record UnitNames(String main, String per) {
  private static final Map<String, String> MAIN =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  static UnitNames of(String unit) {
    int slash = unit.indexOf('/');
    String main = word(slash < 0 ? unit : unit.substring(0, slash), MAIN);
    String per = slash < 0 ? "" : word(unit.substring(slash + 1), PER);
    return new UnitNames(main, per.isEmpty() ? "" : "per_" + per);
  }

  /// Annotations, which are in braces, say nothing.
  private static String word(String unit, Map<String, String> words) {
    String stripped = unit.strip();
    if (stripped.indexOf('{') >= 0 || stripped.indexOf('}') >= 0) {
      return "";
    }
    return words.getOrDefault(stripped, stripped);
  }
}
