package dev.tocsin.promql.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.RegexSize;
import java.util.ArrayList;
import java.util.List;

/// Vector selectors without their modifiers, and lists of labels.
final class SelectorParser {
  static final String METRIC_NAME = "__name__";

  private static final String CONTEXT = "label matching";
  private static final String GROUPING = "grouping opts";

  /// Levels of parentheses in a regular expression; Go's own limit is 1000.
  private static final int REGEX_DEPTH_MAX = 250;

  /// What all regular expressions of a query together may be, see [RegexSize]: 5 MB.
  private static final long REGEX_SIZE_MAX = 50_000;

  private final Tokens tokens;
  private long regexSize;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// A selector of which the metric's name or the opening brace is already passed.
  Expr.VectorSelector vector(Token first) {
    String name = "";
    List<Matcher> matchers = new ArrayList<>();
    boolean braces = first.kind() == TokenKind.LEFT_BRACE;
    if (!braces) {
      name = first.text();
      matchers.add(Matcher.equal(METRIC_NAME, name));
      braces = tokens.accept(TokenKind.LEFT_BRACE);
    }
    if (braces) {
      addMatchers(matchers);
    }
    Span span = tokens.spanFrom(first.start());
    return new Expr.VectorSelector(name, matchers, TimeModifier.NONE, Expr.WindowMode.PLAIN, span);
  }

  private void addMatchers(List<Matcher> matchers) {
    while (!tokens.accept(TokenKind.RIGHT_BRACE)) {
      matchers.add(matcher());
      if (!tokens.at(TokenKind.RIGHT_BRACE)) {
        tokens.expect(TokenKind.COMMA, CONTEXT, "\",\" or \"}\"");
      }
    }
  }

  private Matcher matcher() {
    Token first = tokens.peek();
    boolean quoted = first.kind() == TokenKind.STRING;
    if (!quoted && first.kind() != TokenKind.IDENTIFIER) {
      throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
    }
    tokens.next();
    String name = quoted ? QuotedText.value(first.text()) : first.text();
    Matcher.Kind kind =
        switch (tokens.peek().kind()) {
          case EQUAL -> Matcher.Kind.EQUAL;
          case NOT_EQUAL -> Matcher.Kind.NOT_EQUAL;
          case REGEX -> Matcher.Kind.REGEX;
          case NOT_REGEX -> Matcher.Kind.NOT_REGEX;
          default -> null;
        };
    if (kind == null) {
      if (quoted) {
        return Matcher.equal(METRIC_NAME, name);
      }
      throw tokens.unexpected(CONTEXT, "label matching operator");
    }
    tokens.next();
    Token value = tokens.expect(TokenKind.STRING, CONTEXT, "string");
    return matcher(
        kind, name, QuotedText.value(value.text()), new Span(first.start(), value.end()));
  }

  private Matcher matcher(Matcher.Kind kind, String name, String value, Span span) {
    if (kind == Matcher.Kind.REGEX || kind == Matcher.Kind.NOT_REGEX) {
      checkRegex(value, span);
    }
    try {
      return new Matcher(kind, name, value);
    } catch (PatternSyntaxException e) {
      throw tokens.failure(ParseErrorKind.INVALID_REGEX, span, said(e, value));
    }
  }

  /// By itself: what the matcher wraps around it could make a whole of `a)(b`.
  private void checkRegex(String value, Span span) {
    int depth = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(' && ++depth > REGEX_DEPTH_MAX) {
        throw tokens.failure(
            ParseErrorKind.INVALID_REGEX,
            span,
            "error parsing regexp: expression nests too deeply");
      } else if (c == ')') {
        depth--;
      }
    }
    try {
      regexSize += RegexSize.of(value);
      if (regexSize > REGEX_SIZE_MAX) {
        throw new PatternSyntaxException("expression too large", value);
      }
      Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw tokens.failure(ParseErrorKind.INVALID_REGEX, span, said(e, value));
    }
  }

  private static String said(PatternSyntaxException e, String value) {
    String message = String.valueOf(e.getMessage());
    String start = "error parsing regexp: ";
    if (message.contains("stack underflow")) {
      // What RE2/J makes of a parenthesis too many.
      return start + "unexpected ): `" + value + "`";
    }
    if (message.endsWith("trailing backslash at end of expression")) {
      message += ": ``";
    }
    return message.startsWith(start) ? message : start + message;
  }

  /// The labels in parentheses of `by`, `on` and the like.
  List<String> labels() {
    tokens.expect(TokenKind.LEFT_PAREN, GROUPING, "\"(\"");
    List<String> labels = new ArrayList<>();
    while (!tokens.at(TokenKind.RIGHT_PAREN)) {
      labels.add(label());
      if (!tokens.at(TokenKind.RIGHT_PAREN)) {
        tokens.expect(TokenKind.COMMA, GROUPING, "\",\" or \")\"");
      }
    }
    tokens.next();
    return labels;
  }

  private String label() {
    Token token = tokens.peek();
    if (token.kind().namesLabel()) {
      return tokens.next().text();
    }
    if (token.kind() != TokenKind.STRING) {
      throw tokens.unexpected(GROUPING, "label");
    }
    String name = QuotedText.value(tokens.next().text());
    if (name.isEmpty()) {
      throw tokens.failure(
          ParseErrorKind.INVALID_LABEL_NAME, token, "invalid label name for grouping: \"\"");
    }
    return name;
  }
}
