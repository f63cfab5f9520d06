package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;
import java.nio.charset.StandardCharsets;

/// A token of a query: `text` as written, from `start` to below `end` in characters from 0.
record Token(TokenKind kind, String text, int start, int end) {
  /// Bytes from which on a text is long; messages show as many characters of it.
  private static final int SHOWN_MAX = 10;

  /// As Prometheus names it in `unexpected ...`.
  String described() {
    return switch (kind.group()) {
      case NAMED -> named();
      case QUOTED -> LabelNames.quote(text);
      case OPERATOR -> "<op:" + text + ">";
      case AGGREGATE -> "<aggr:" + text + ">";
      case KEYWORD -> "<" + text + ">";
    };
  }

  private String named() {
    if (kind == TokenKind.END_OF_INPUT) {
      return kind.title();
    }
    boolean name = kind == TokenKind.IDENTIFIER || kind == TokenKind.METRIC_IDENTIFIER;
    if (name || text.getBytes(StandardCharsets.UTF_8).length <= SHOWN_MAX) {
      return kind.title() + " " + LabelNames.quote(text);
    }
    int shown =
        text.codePointCount(0, text.length()) <= SHOWN_MAX
            ? text.length()
            : text.offsetByCodePoints(0, SHOWN_MAX);
    return kind.title() + " " + LabelNames.quote(text.substring(0, shown)) + "...";
  }
}
