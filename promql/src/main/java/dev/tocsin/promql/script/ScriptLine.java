package dev.tocsin.promql.script;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// One line of a script without the space around it; a comment is an empty line.
///
/// @param number from 1
/// @param indent the characters in front
record ScriptLine(int number, int indent, String text) {
  static List<ScriptLine> of(String script) {
    List<ScriptLine> lines = new ArrayList<>();
    int number = 0;
    for (String raw : script.split("\n", -1)) {
      String stripped = raw.strip();
      int indent = raw.length() - raw.stripLeading().length();
      lines.add(new ScriptLine(++number, indent, stripped.startsWith("#") ? "" : stripped));
    }
    return lines;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  String firstWord() {
    int end = 0;
    while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\t') {
      end++;
    }
    return text.substring(0, end);
  }

  /// @param position in the text, from 0
  ScriptException failure(int position, String reason) {
    return new ScriptException(number, indent + position + 1, reason);
  }

  /// @param position where the duration stands in the text
  long durationMs(String duration, int position, String what) {
    OptionalLong ms = PromDuration.parse(duration);
    if (ms.isEmpty()) {
      throw failure(position, "\"" + duration + "\" is not a duration: " + what);
    }
    return ms.getAsLong();
  }

  /// The whole line as a series.
  SeriesDescription series() {
    try {
      return SeriesDescription.parse(text);
    } catch (SeriesSyntaxException e) {
      throw failure(e.column() - 1, String.valueOf(e.getMessage()));
    }
  }
}
