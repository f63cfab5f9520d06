package dev.tocsin.collect.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The name of a metric in Prometheus. Source: prometheus/otlptranslator, metric_namer.go, of which
/// this is meant to give every result.
final class MetricNames {
  private MetricNames() {}

  /// The name; empty where nothing is left that could be one.
  static String of(String name, String unit, MetricKind kind, TranslationStrategy strategy) {
    if (!strategy.escapes()) {
      return strategy.suffixes() ? withSuffixes(name, unit, kind) : name;
    }
    String translated =
        strategy.suffixes()
            ? startingWell(String.join("_", tokens(name, unit, kind)))
            : startingWell(String.join("_", split(name, true)));
    boolean nothing = !translated.equals(name) && translated.chars().allMatch(c -> c == '_');
    return nothing ? "" : translated;
  }

  private static List<String> tokens(String name, String unit, MetricKind kind) {
    List<String> tokens = split(name, false);
    UnitNames units = UnitNames.of(unit);
    addUnits(tokens, clean(units.main()), clean(units.per()));
    if (kind == MetricKind.COUNTER) {
      moveToEnd(tokens, "total");
    }
    if (unit.equals("1") && kind == MetricKind.GAUGE) {
      moveToEnd(tokens, "ratio");
    }
    return tokens;
  }

  private static void addUnits(List<String> tokens, String main, String per) {
    String perWord = per.equals("per_") ? "" : withoutEnd(per, "_");
    if (tokens.contains(perWord)) {
      perWord = "";
    }
    String mainWord = tokens.contains(main) ? "" : main;
    if (!perWord.isEmpty()) {
      mainWord = withoutEnd(mainWord, "_");
    }
    if (!mainWord.isEmpty()) {
      tokens.add(mainWord);
    }
    if (!perWord.isEmpty()) {
      tokens.add(perWord);
    }
  }

  private static void moveToEnd(List<String> tokens, String word) {
    tokens.removeIf(word::equals);
    tokens.add(word);
  }

  /// The runs of characters that a name may have.
  private static List<String> split(String name, boolean underscores) {
    List<String> tokens = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean good =
          i < name.length() && (isGood(name.charAt(i)) || (underscores && name.charAt(i) == '_'));
      if (!good) {
        if (i > from) {
          tokens.add(name.substring(from, i));
        }
        from = i + 1;
      }
    }
    return tokens;
  }

  private static boolean isGood(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
  }

  /// A unit with single underscores for what a name may not have, and none at the start.
  private static String clean(String unit) {
    StringBuilder out = new StringBuilder(unit.length());
    for (int i = 0; i < unit.length(); i++) {
      char c = unit.charAt(i);
      if (isGood(c)) {
        out.append(c);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    return out.toString();
  }

  private static String startingWell(String name) {
    boolean digit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return digit ? "_" + name : name;
  }

  private static String withoutEnd(String text, String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  /// Without escaping, the suffixes are told from the rest by the end of the name alone.
  private static String withSuffixes(String name, String unit, MetricKind kind) {
    String out = name;
    StringBuilder behind = new StringBuilder();
    if (unit.equals("1") && kind == MetricKind.GAUGE) {
      out = trimmed(out, "ratio");
      behind.insert(0, "_ratio");
    }
    if (kind == MetricKind.COUNTER) {
      out = trimmed(out, "total");
      behind.insert(0, "_total");
    }
    UnitNames units = UnitNames.of(unit);
    if (!units.per().isEmpty()) {
      out = trimmed(out, units.per());
      behind.insert(0, "_" + units.per());
    }
    if (!units.main().isEmpty() && !out.endsWith(units.main())) {
      out += "_" + units.main();
    }
    return out + behind;
  }

  /// Without the suffix and the character before it.
  private static String trimmed(String name, String suffix) {
    boolean trims = name.endsWith(suffix) && utf8(name) > utf8(suffix) + 1;
    return trims ? name.substring(0, name.length() - suffix.length() - 1) : name;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
