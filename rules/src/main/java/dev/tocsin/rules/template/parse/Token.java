package dev.tocsin.rules.template.parse;

/// A piece of the text between (or as) delimiters.
///
/// @param at offset into the text, in characters
record Token(Kind kind, int at, String text) {
  enum Kind {
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    ASSIGN,
    DECLARE,
    PIPE,
    LEFT_PAREN,
    RIGHT_PAREN,
    /// Any other printable ASCII character; the grammar knows only the comma.
    CHARACTER,
    STRING,
    RAW_STRING,
    CHAR_CONSTANT,
    NUMBER,
    BOOL,
    IDENTIFIER,
    FIELD,
    VARIABLE,
    DOT,
    NIL,
    KEYWORD,
    END_OF_TEXT;
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isKeyword(String word) {
    return kind == Kind.KEYWORD && text.equals(word);
  }

  /// As Go's error messages show it.
  @Override
  public String toString() {
    return switch (kind) {
      case END_OF_TEXT -> "EOF";
      case KEYWORD, DOT, NIL -> "<" + text + ">";
      case TEXT,
          LEFT_DELIMITER,
          RIGHT_DELIMITER,
          SPACE,
          ASSIGN,
          DECLARE,
          PIPE,
          LEFT_PAREN,
          RIGHT_PAREN,
          CHARACTER,
          STRING,
          RAW_STRING,
          CHAR_CONSTANT,
          NUMBER,
          BOOL,
          IDENTIFIER,
          FIELD,
          VARIABLE ->
          text.codePointCount(0, text.length()) > 10
              ? Literals.quote(text.substring(0, text.offsetByCodePoints(0, 10))) + "..."
              : Literals.quote(text);
    };
  }
}
