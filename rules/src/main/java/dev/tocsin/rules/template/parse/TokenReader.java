package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.parse.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands out tokens, with going back. The lexer's mistake appears when its place is reached.
final class TokenReader {
  private final String name;
  private final String text;
  private final List<Token> tokens;
  private final @Nullable SyntaxError mistake;
  private int next;

  /// The line where the current action began; 0 outside of actions.
  private int actionLine;

  TokenReader(String name, String text) {
    this.name = name;
    this.text = text;
    Lexer.Lexed lexed = Lexer.lex(text);
    this.tokens = lexed.tokens();
    this.mistake = lexed.mistake();
  }

  Token next() {
    Token token = peek();
    next++;
    return token;
  }

  Token peek() {
    if (next < tokens.size()) {
      return tokens.get(next);
    }
    if (mistake != null) {
      throw explained(mistake);
    }
    return new Token(Kind.END_OF_TEXT, text.length(), "");
  }

  Token nextNonSpace() {
    while (peek().is(Kind.SPACE)) {
      next++;
    }
    return next();
  }

  Token peekNonSpace() {
    while (peek().is(Kind.SPACE)) {
      next++;
    }
    return peek();
  }

  int mark() {
    return next;
  }

  void backTo(int mark) {
    next = mark;
  }

  Token expect(Kind kind, String context) {
    Token token = nextNonSpace();
    if (!token.is(kind)) {
      throw unexpected(token, context);
    }
    return token;
  }

  void beginAction(Token delimiter) {
    actionLine = line(delimiter.at());
  }

  void endAction() {
    actionLine = 0;
  }

  SyntaxError unexpected(Token token, String context) {
    return error("unexpected " + token + " in " + context, token);
  }

  /// A mistake noticed at this token.
  SyntaxError error(String message, Token token) {
    return new SyntaxError(message, token.at());
  }

  private SyntaxError explained(SyntaxError error) {
    String message = error.getMessage();
    if (actionLine == 0 || actionLine == line(error.at())) {
      return error;
    }
    String began = " in action started at " + name + ":" + actionLine;
    boolean saysAction = message != null && message.endsWith(" action");
    return new SyntaxError(
        message + (saysAction ? began.substring(" in action".length()) : began), error.at());
  }

  private int line(int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
