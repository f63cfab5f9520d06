package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;

/// A token of a query: `text` as written, from `start` to below `end` in characters from 0.
record Token(TokenKind kind, String text, int start, int end) {
  /// How much of a long text messages show.
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
    if (name || text.length() <= SHOWN_MAX) {
      return kind.title() + " " + LabelNames.quote(text);
    }
    int shown =
        text.codePointCount(0, text.length()) <= SHOWN_MAX
            ? text.length()
            : text.offsetByCodePoints(0, SHOWN_MAX);
    return kind.title() + " " + LabelNames.quote(text.substring(0, shown)) + "...";
  }
}
