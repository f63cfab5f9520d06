package dev.tocsin.promql.parse;

/// What can be wrong with a query: all there is. docs/promql-errors.md has an example of each.
public enum ParseErrorKind {
  /// A character that has no place where it stands.
  UNEXPECTED_CHARACTER,
  /// The text ends before a parenthesis, bracket or brace is closed.
  UNCLOSED,
  /// A bracket or parenthesis that closes nothing, or opens where none may.
  UNBALANCED,
  /// The text or the line ends before a string does.
  UNTERMINATED_STRING,
  /// An escape in a string that is none.
  INVALID_ESCAPE,
  /// Characters that no UTF-8 text holds.
  INVALID_UTF8,
  /// A word that starts as a number and is none.
  MALFORMED_NUMBER,
  /// A number of a duration's looks that is none.
  MALFORMED_DURATION,
  /// A number, a duration or a time too large.
  OUT_OF_RANGE,
  /// A range or a step of nothing or less.
  NOT_POSITIVE,
  /// A duration divided by zero.
  DIVISION_BY_ZERO,
  /// Nothing but spaces and comments.
  NO_EXPRESSION,
  /// A token that the grammar does not have there.
  UNEXPECTED_TOKEN,
  /// A comma behind the last argument.
  TRAILING_COMMA,
  /// The empty name of a label.
  INVALID_LABEL_NAME,
  /// A regular expression that is none, or nests too deeply.
  INVALID_REGEX,
  UNKNOWN_FUNCTION,
  /// An experimental part of the language that is switched off.
  NOT_ENABLED,
  /// A range, `offset`, `@`, `anchored` or `smoothed` behind what cannot have it.
  MISPLACED_MODIFIER,
  /// A modifier that is there twice, or two that exclude each other.
  REPEATED_MODIFIER,
  /// An operand, argument or parameter of the wrong type.
  WRONG_TYPE,
  /// Too many or too few arguments.
  WRONG_ARGUMENT_COUNT,
  /// `bool` where it may not be, or none where it must.
  WRONG_BOOL,
  /// Matching or filling between operands that do not allow it.
  WRONG_MATCHING,
  /// A metric name in front and another one in braces.
  REPEATED_METRIC_NAME,
  /// A selector that would select everything.
  EMPTY_SELECTOR,
  /// A second argument of `info` that is more than matchers.
  NOT_LABEL_SELECTORS,
  /// A text longer than [PromqlParser#LENGTH_MAX]. A limit of ours.
  TOO_LONG,
  /// Pieces within pieces beyond [PromqlParser#NESTING_MAX] or [PromqlParser#HEIGHT_MAX]. A limit
  /// of ours.
  TOO_DEEP
}
