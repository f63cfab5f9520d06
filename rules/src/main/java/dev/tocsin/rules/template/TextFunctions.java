package dev.tocsin.rules.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.rules.template.value.GoValue;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Text, host names, links. Source: the template reference of Prometheus.
final class TextFunctions {
  /// Characters of a regular expression.
  private static final int PATTERN_MAX = 1000;

  private TextFunctions() {}

  private interface Change {
    String of(String text);
  }

  static void addTo(Map<String, Function> map) {
    map.put("title", changing(Title::of));
    map.put("toUpper", changing(text -> mapped(text, Character::toUpperCase)));
    map.put("toLower", changing(text -> mapped(text, Character::toLowerCase)));
    map.put("stripPort", changing(HostPort::stripPort));
    map.put("stripDomain", changing(HostPort::stripDomain));
    map.put("urlQueryEscape", changing(Escape::urlQuery));
    map.put("graphLink", changing(expr -> link(expr, 0)));
    map.put("tableLink", changing(expr -> link(expr, 1)));
    map.put(
        "safeHtml",
        Function.of((_, given) -> new GoValue.Html(Take.string(given, 0)), Type.STRING));
    map.put("externalURL", Function.of((run, _) -> new GoValue.Str(run.data().externalUrl())));
    map.put(
        "pathPrefix",
        Function.of((run, _) -> new GoValue.Str(HostPort.urlPath(run.data().externalUrl()))));
    map.put(
        "match",
        Function.of(
            (_, given) ->
                Functions.bool(
                    pattern(Take.string(given, 0), "").matcher(Take.string(given, 1)).find()),
            Type.STRING,
            Type.STRING));
    map.put(
        "reReplaceAll",
        Function.of(
            (_, given) -> {
              String source = Take.string(given, 0);
              Pattern pattern = pattern(source, "regexp: Compile(`" + source + "`): ");
              String replacement = Take.string(given, 1);
              return Functions.text(Replacement.all(pattern, replacement, Take.string(given, 2)));
            },
            Type.STRING,
            Type.STRING,
            Type.STRING));
  }

  private static Function changing(Change change) {
    return Function.of(
        (_, given) -> new GoValue.Str(change.of(Take.string(given, 0))), Type.STRING);
  }

  /// Character by character, as Go does: the length in characters stays.
  private static String mapped(String text, IntUnaryOperator change) {
    return text.codePoints()
        .map(change)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String link(String expr, int tab) {
    return "/graph?g0.expr=" + Escape.urlQuery(expr) + "&g0.tab=" + tab;
  }

  private static Pattern pattern(String source, String context) {
    if (source.length() > PATTERN_MAX) {
      throw new CallFailure("the regular expression is longer than " + PATTERN_MAX + " characters");
    }
    try {
      return Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      throw new CallFailure(context + e.getMessage());
    }
  }
}
