package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.BinaryOp;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a token is. Words are keywords only where the grammar takes them so: most of them are also
/// names of metrics and labels.
enum TokenKind {
  END_OF_INPUT("end of input"),
  IDENTIFIER("identifier"),
  /// A name with a colon: of a metric, never of a label in a selector.
  METRIC_IDENTIFIER("metric identifier"),
  STRING("string"),
  NUMBER("number"),
  DURATION("duration"),

  LEFT_PAREN,
  RIGHT_PAREN,
  LEFT_BRACE,
  RIGHT_BRACE,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  COMMA,
  COLON,
  /// A single `=`.
  EQUAL,

  NOT_EQUAL(BinaryOp.NE),
  REGEX(Group.OPERATOR, null),
  NOT_REGEX(Group.OPERATOR, null),
  AT(Group.OPERATOR, null),
  EQ(BinaryOp.EQ),
  LTE(BinaryOp.LTE),
  LT(BinaryOp.LT),
  GTE(BinaryOp.GTE),
  GT(BinaryOp.GT),
  TRIM_UPPER(BinaryOp.TRIM_UPPER),
  TRIM_LOWER(BinaryOp.TRIM_LOWER),
  ADD(BinaryOp.ADD),
  SUB(BinaryOp.SUB),
  MUL(BinaryOp.MUL),
  DIV(BinaryOp.DIV),
  MOD(BinaryOp.MOD),
  POW(BinaryOp.POW),
  AND(BinaryOp.AND),
  OR(BinaryOp.OR),
  UNLESS(BinaryOp.UNLESS),
  ATAN2(BinaryOp.ATAN2),

  /// Any of the aggregations.
  AGGREGATE(Group.AGGREGATE, null),

  BOOL(Group.KEYWORD, null),
  BY(Group.KEYWORD, null),
  WITHOUT(Group.KEYWORD, null),
  ON(Group.KEYWORD, null),
  IGNORING(Group.KEYWORD, null),
  GROUP_LEFT(Group.KEYWORD, null),
  GROUP_RIGHT(Group.KEYWORD, null),
  FILL(Group.KEYWORD, null),
  FILL_LEFT(Group.KEYWORD, null),
  FILL_RIGHT(Group.KEYWORD, null),
  OFFSET(Group.KEYWORD, null),
  ANCHORED(Group.KEYWORD, null),
  SMOOTHED(Group.KEYWORD, null),

  START,
  END,
  STEP,
  RANGE,
  MAX_OF,
  MIN_OF;

  /// How error messages show a token.
  enum Group {
    /// By a word and the text.
    NAMED,
    /// By the text in quotes.
    QUOTED,
    OPERATOR,
    AGGREGATE,
    KEYWORD
  }

  private static final Map<String, TokenKind> WORDS = words();

  private final Group group;
  private final String title;
  private final @Nullable BinaryOp op;

  TokenKind() {
    this(Group.QUOTED, null);
  }

  TokenKind(BinaryOp op) {
    this(Group.OPERATOR, op);
  }

  TokenKind(Group group, @Nullable BinaryOp op) {
    this.group = group;
    this.title = "";
    this.op = op;
  }

  TokenKind(String title) {
    this.group = Group.NAMED;
    this.title = title;
    this.op = null;
  }

  private static Map<String, TokenKind> words() {
    Map<String, TokenKind> words = new HashMap<>();
    for (String word :
        ("and or unless atan2 bool by without on ignoring group_left group_right fill fill_left"
                + " fill_right offset anchored smoothed start end step range max_of min_of")
            .split(" ")) {
      words.put(word, valueOf(word.toUpperCase(Locale.ROOT)));
    }
    for (String word :
        ("sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk"
                + " limit_ratio")
            .split(" ")) {
      words.put(word, AGGREGATE);
    }
    words.put("inf", NUMBER);
    words.put("nan", NUMBER);
    return words;
  }

  /// The kind of a word, upper and lower case being the same; null where it is no keyword.
  static @Nullable TokenKind ofWord(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  Group group() {
    return group;
  }

  String title() {
    return title;
  }

  /// Null where the token is no binary operator.
  @Nullable BinaryOp op() {
    return op;
  }

  boolean isSign() {
    return this == ADD || this == SUB;
  }

  /// Whether it may stand as the name of a metric where an operand is due.
  boolean namesMetric() {
    return switch (this) {
      case IDENTIFIER,
          METRIC_IDENTIFIER,
          AGGREGATE,
          AND,
          OR,
          UNLESS,
          BY,
          WITHOUT,
          FILL,
          FILL_LEFT,
          FILL_RIGHT,
          OFFSET,
          ANCHORED,
          SMOOTHED,
          START,
          END,
          STEP,
          RANGE,
          MAX_OF,
          MIN_OF ->
          true;
      default -> false;
    };
  }

  /// Whether it may stand as the name of a label in `by`, `on` and the like.
  boolean namesLabel() {
    return switch (this) {
      case BOOL, ON, IGNORING, GROUP_LEFT, GROUP_RIGHT, ATAN2 -> true;
      case WITHOUT -> false;
      default -> namesMetric();
    };
  }

  /// Whether a name of a function when a parenthesis follows.
  boolean namesFunction() {
    return switch (this) {
      case IDENTIFIER, START, END, STEP, RANGE, MAX_OF, MIN_OF -> true;
      default -> false;
    };
  }

  boolean startsExpression() {
    return switch (this) {
      case STRING, NUMBER, DURATION, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
      default -> namesMetric();
    };
  }
}
