package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.data.Matcher;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// Whether a tree makes sense: types, numbers of arguments, matchers. Throws [ParseException] for
/// the first thing wrong, in the order in which Prometheus looks.
final class Checker {
  private final String text;
  private final IdentityHashMap<Expr.Binary, VectorMatching> superfluous;

  /// @param superfluous what was written about matching where a side is no vector
  Checker(String text, IdentityHashMap<Expr.Binary, VectorMatching> superfluous) {
    this.text = text;
    this.superfluous = superfluous;
  }

  ValueType check(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _ -> ValueType.SCALAR;
      case Expr.StringLiteral _ -> ValueType.STRING;
      case Expr.Parens parens -> check(parens.inner());
      case Expr.Unary unary -> checkUnary(unary);
      case Expr.Binary binary -> checkBinary(binary);
      case Expr.Aggregate aggregate -> checkAggregate(aggregate);
      case Expr.Call call -> checkCall(call);
      case Expr.VectorSelector selector -> {
        checkName(selector);
        checkNotEmpty(selector);
        yield ValueType.VECTOR;
      }
      case Expr.MatrixSelector matrix -> {
        check(matrix.vector());
        yield ValueType.MATRIX;
      }
      case Expr.Subquery subquery -> checkSubquery(subquery);
    };
  }

  private ParseException failure(ParseErrorKind kind, Span span, String reason) {
    return new ParseException(text, kind, span.start(), span.end(), reason);
  }

  private void expect(ValueType wanted, Expr expr, String context) {
    expect(wanted, check(expr), expr, context);
  }

  private void expect(ValueType wanted, ValueType got, Expr expr, String context) {
    if (got != wanted) {
      throw failure(
          ParseErrorKind.WRONG_TYPE,
          expr.span(),
          "expected type " + wanted.word() + " in " + context + ", got " + got.word());
    }
  }

  private ValueType checkUnary(Expr.Unary unary) {
    ValueType type = check(unary.inner());
    if (!isOperand(type)) {
      throw failure(
          ParseErrorKind.WRONG_TYPE,
          unary.span(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \""
              + type.word()
              + "\"");
    }
    return type;
  }

  private static boolean isOperand(ValueType type) {
    return type == ValueType.SCALAR || type == ValueType.VECTOR;
  }

  private ValueType checkAggregate(Expr.Aggregate aggregate) {
    expect(ValueType.VECTOR, aggregate.inner(), "aggregation expression");
    Expr parameter = aggregate.parameter();
    if (parameter != null) {
      ValueType wanted = Objects.requireNonNull(aggregate.op().parameter());
      expect(wanted, parameter, "aggregation parameter");
    }
    return ValueType.VECTOR;
  }

  private ValueType checkSubquery(Expr.Subquery subquery) {
    ValueType type = check(subquery.inner());
    if (type != ValueType.VECTOR) {
      String word = type == ValueType.MATRIX ? "matrix" : type.word();
      throw failure(
          ParseErrorKind.WRONG_TYPE,
          subquery.span(),
          "subquery is only allowed on instant vector, got " + word + " instead");
    }
    return ValueType.MATRIX;
  }

  private ValueType checkBinary(Expr.Binary binary) {
    ValueType left = check(binary.left());
    ValueType right = check(binary.right());
    BinaryOp op = binary.op();
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    if (binary.bool() && !op.isComparison()) {
      throw failure(
          ParseErrorKind.WRONG_BOOL,
          signSpan(binary),
          "bool modifier can only be used on comparison operators");
    }
    if (op.isComparison() && !binary.bool() && scalars) {
      throw failure(
          ParseErrorKind.WRONG_BOOL,
          signSpan(binary),
          "comparisons between scalars must use BOOL modifier");
    }
    VectorMatching kept = binary.matching();
    VectorMatching written =
        kept != null ? kept : superfluous.getOrDefault(binary, VectorMatching.DEFAULT);
    checkLabels(binary, written);
    checkOperand(binary.left(), left);
    checkOperand(binary.right(), right);
    if (kept == null) {
      checkWithoutVectors(binary, written);
    } else if (op.isSet()) {
      checkSet(binary, written);
    }
    return scalars ? ValueType.SCALAR : ValueType.VECTOR;
  }

  private void checkOperand(Expr operand, ValueType type) {
    if (!isOperand(type)) {
      throw failure(
          ParseErrorKind.WRONG_TYPE,
          operand.span(),
          "binary expression must contain only scalar and instant vector types");
    }
  }

  /// From the sign to what follows it, without the spaces around. Prometheus takes the last
  /// character for the end, and so do we.
  private Span signSpan(Expr.Binary binary) {
    int start = binary.left().span().end();
    int end = binary.right().span().start();
    while (start < end && Cursor.isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && Cursor.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end - 1);
  }

  private void checkLabels(Expr.Binary binary, VectorMatching matching) {
    if (!matching.on()) {
      return;
    }
    for (String label : matching.labels()) {
      if (matching.include().contains(label)) {
        throw failure(
            ParseErrorKind.WRONG_MATCHING,
            signSpan(binary),
            "label " + LabelNames.quote(label) + " must not occur in ON and GROUP clause at once");
      }
    }
  }

  private static boolean fills(VectorMatching matching) {
    return matching.fillLeft().isPresent() || matching.fillRight().isPresent();
  }

  private void checkWithoutVectors(Expr.Binary binary, VectorMatching written) {
    if (!written.labels().isEmpty()) {
      throw failure(
          ParseErrorKind.WRONG_MATCHING,
          binary.span(),
          "vector matching only allowed between instant vectors");
    }
    if (fills(written)) {
      throw failure(
          ParseErrorKind.WRONG_MATCHING,
          binary.span(),
          "filling in missing series only allowed between instant vectors");
    }
    if (binary.op().isSet()) {
      throw failure(
          ParseErrorKind.WRONG_TYPE,
          binary.span(),
          "set operator \"" + binary.op().sign() + "\" not allowed in binary scalar expression");
    }
  }

  private void checkSet(Expr.Binary binary, VectorMatching matching) {
    if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
      throw failure(
          ParseErrorKind.WRONG_MATCHING,
          binary.span(),
          "no grouping allowed for \"" + binary.op().sign() + "\" operation");
    }
    if (fills(matching)) {
      throw failure(
          ParseErrorKind.WRONG_MATCHING,
          binary.span(),
          "filling in missing series not allowed for set operators");
    }
  }

  private ValueType checkCall(Expr.Call call) {
    Function function = call.function();
    checkCount(call);
    List<Expr> arguments = call.arguments();
    boolean info = function.name().equals("info") && arguments.size() > 1;
    if (info) {
      checkInfoSelector(call, arguments.get(1));
    }
    int last = function.arguments().size() - 1;
    for (int i = 0; i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      ValueType wanted = function.arguments().get(Math.min(i, last));
      String context = "call to function \"" + function.name() + "\"";
      if (info && i == 1) {
        // Its matchers may all accept the empty value.
        checkName((Expr.VectorSelector) argument);
      } else {
        expect(wanted, argument, context);
      }
    }
    return function.returns();
  }

  private void checkCount(Expr.Call call) {
    Function function = call.function();
    int count = call.arguments().size();
    int named = function.arguments().size();
    int min = function.variadic() == 0 ? named : named - 1;
    int max = function.variadic() < 0 ? Integer.MAX_VALUE : min + function.variadic();
    if (count >= min && count <= max) {
      return;
    }
    String bound = function.variadic() == 0 ? "" : count < min ? "at least " : "at most ";
    throw failure(
        ParseErrorKind.WRONG_ARGUMENT_COUNT,
        call.span(),
        "expected "
            + bound
            + (count < min ? min : max)
            + " argument(s) in call to \""
            + function.name()
            + "\", got "
            + count);
  }

  private void checkInfoSelector(Expr.Call call, Expr argument) {
    expect(ValueType.VECTOR, argument.type(), call, "call to function \"info\"");
    if (!(argument instanceof Expr.VectorSelector selector)) {
      throw failure(
          ParseErrorKind.NOT_LABEL_SELECTORS, argument.span(), "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw failure(
          ParseErrorKind.NOT_LABEL_SELECTORS,
          argument.span(),
          "expected label selectors only, got vector selector instead");
    }
  }

  private void checkName(Expr.VectorSelector selector) {
    if (selector.name().isEmpty()) {
      return;
    }
    // The first is the name's own.
    for (Matcher matcher : selector.matchers().subList(1, selector.matchers().size())) {
      if (matcher.name().equals(SelectorParser.METRIC_NAME)) {
        throw failure(
            ParseErrorKind.REPEATED_METRIC_NAME,
            selector.span(),
            "metric name must not be set twice: "
                + LabelNames.quote(selector.name())
                + " or "
                + LabelNames.quote(matcher.value()));
      }
    }
  }

  private void checkNotEmpty(Expr.VectorSelector selector) {
    for (Matcher matcher : selector.matchers()) {
      if (!matcher.accepts("")) {
        return;
      }
    }
    throw failure(
        ParseErrorKind.EMPTY_SELECTOR,
        selector.span(),
        "vector selector must contain at least one non-empty matcher");
  }
}
