package dev.tocsin.promql.series;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;

/// The name and labels in front of the values: written as a selector of equalities, and read as
/// one.
final class MetricReader {
  private MetricReader() {}

  static Labels read(Cursor cursor) {
    int start = cursor.at();
    while (Cursor.isWord(cursor.peek()) || cursor.peek() == ':') {
      cursor.skip();
    }
    if (cursor.peek() == '{') {
      skipBraces(cursor);
    }
    String text = cursor.from(start);
    if (text.isEmpty()) {
      throw cursor.unexpected("a series", "a name or labels in braces");
    }
    if (text.startsWith("{") && text.substring(1, text.length() - 1).isBlank()) {
      return Labels.empty();
    }
    try {
      return labels(cursor, start, PromqlParser.parse(text, ParseOptions.ALL));
    } catch (ParseException e) {
      throw cursor.failure(start + e.start(), e.reason());
    }
  }

  private static void skipBraces(Cursor cursor) {
    char quote = 0;
    do {
      char c = cursor.peek();
      if (cursor.ended()) {
        throw cursor.unexpected("a label set", "\"}\"");
      }
      if (quote == 0) {
        quote = c == '"' || c == '\'' || c == '`' ? c : 0;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '`') {
        cursor.skip();
      }
      cursor.skip();
      if (c == '}' && quote == 0) {
        return;
      }
    } while (true);
  }

  private static Labels labels(Cursor cursor, int start, Expr expr) {
    if (!(expr instanceof Expr.VectorSelector selector)) {
      throw cursor.failure(start, "no series starts like this");
    }
    Labels.Builder labels = Labels.builder();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.kind() != Matcher.Kind.EQUAL) {
        throw cursor.failure(start, "the label " + matcher.name() + " needs \"=\" and its value");
      }
      labels.set(matcher.name(), matcher.value());
    }
    return labels.build();
  }
}
