package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Question;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Looks for the smallest part of a query that shows the same kind of difference.
final class Shrinking {
  /// Parts that are tried.
  private static final int TRIES_MAX = 40;

  private Shrinking() {}

  /// The question itself where no part differs.
  static Question smallest(Question question, Predicate<Question> differs) {
    return parts(question).stream()
        .filter(part -> !part.isRange() || !isMatrix(part))
        .filter(differs)
        .findFirst()
        .orElse(question);
  }

  /// Questions for the parts of a query, the shortest first, itself not among them.
  static List<Question> parts(Question question) {
    List<String> parts = new ArrayList<>();
    try {
      collect(PromqlParser.parse(question.query(), ParseOptions.ALL), question, parts);
    } catch (ParseException e) {
      return List.of();
    }
    return parts.stream()
        .filter(part -> part.length() < question.query().length())
        .sorted(Comparator.comparingInt(String::length))
        .limit(TRIES_MAX)
        .map(question::of)
        .toList();
  }

  private static boolean isMatrix(Question question) {
    return PromqlParser.parse(question.query(), ParseOptions.ALL).type() == ValueType.MATRIX;
  }

  private static void collect(Expr expr, Question question, List<String> parts) {
    if (expr.type() != ValueType.STRING && !(expr instanceof Expr.NumberLiteral)) {
      parts.add(question.query().substring(expr.span().start(), expr.span().end()));
    }
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.VectorSelector _ -> {}
      case Expr.Parens parens -> collect(parens.inner(), question, parts);
      case Expr.Unary unary -> collect(unary.inner(), question, parts);
      case Expr.Binary binary -> {
        collect(binary.left(), question, parts);
        collect(binary.right(), question, parts);
      }
      case Expr.Aggregate aggregate -> collect(aggregate.inner(), question, parts);
      case Expr.Call call ->
          call.arguments().forEach(argument -> collect(argument, question, parts));
      case Expr.MatrixSelector _ -> {}
      case Expr.Subquery subquery -> collect(subquery.inner(), question, parts);
    }
  }
}
