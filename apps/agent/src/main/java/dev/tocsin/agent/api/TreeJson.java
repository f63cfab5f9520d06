package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.TimeModifier.At;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.data.Matcher;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The tree of a query in Prometheus's JSON (web/api/v1/translate_ast.go), members sorted by name
/// as Go sorts a map.
final class TreeJson {
  private final JsonWriter json;
  private final QueryLimits limits;

  private TreeJson(JsonWriter json, QueryLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  static void write(JsonWriter json, Expr expr, QueryLimits limits) {
    new TreeJson(json, limits).expr(expr);
  }

  private void expr(@Nullable Expr expr) {
    limits.checkChars(json.length());
    switch (expr) {
      case null -> json.nullValue();
      case Expr.NumberLiteral literal -> {
        json.beginObject().field("type", "numberLiteral");
        json.field("val", GoFloat.plain(literal.value())).endObject();
      }
      case Expr.StringLiteral literal -> {
        json.beginObject().field("type", "stringLiteral");
        json.field("val", literal.value()).endObject();
      }
      case Expr.Parens parens -> {
        expr(json.beginObject().name("expr"), parens.inner());
        json.field("type", "parenExpr").endObject();
      }
      case Expr.Unary unary -> {
        expr(json.beginObject().name("expr"), unary.inner());
        json.field("op", unary.minus() ? "-" : "+").field("type", "unaryExpr").endObject();
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.VectorSelector selector -> selector(selector, null);
      case Expr.MatrixSelector matrix -> selector(matrix.vector(), matrix.range());
      case Expr.Subquery subquery -> subquery(subquery);
    }
  }

  /// @param named the writer, which has written the name of a member
  private void expr(JsonWriter named, @Nullable Expr expr) {
    assert named == json;
    expr(expr);
  }

  private void binary(Expr.Binary binary) {
    json.beginObject().field("bool", binary.bool());
    expr(json.name("lhs"), binary.left());
    json.name("matching");
    matching(binary.matching());
    json.field("op", binary.op().sign());
    expr(json.name("rhs"), binary.right());
    json.field("type", "binaryExpr").endObject();
  }

  private void matching(@Nullable VectorMatching matching) {
    if (matching == null) {
      json.nullValue();
      return;
    }
    json.beginObject().field("card", matching.cardinality().word());
    json.name("fillValues").beginObject();
    fill(json.name("lhs"), matching.fillLeft());
    fill(json.name("rhs"), matching.fillRight());
    json.endObject();
    json.name("include").value(matching.include()).name("labels").value(matching.labels());
    json.field("on", matching.on()).endObject();
  }

  private static void fill(JsonWriter json, OptionalDouble value) {
    if (value.isPresent()) {
      json.value(value.getAsDouble());
    } else {
      json.nullValue();
    }
  }

  private void aggregate(Expr.Aggregate aggregate) {
    expr(json.beginObject().name("expr"), aggregate.inner());
    json.name("grouping").value(aggregate.grouping()).field("op", aggregate.op().word());
    expr(json.name("param"), aggregate.parameter());
    json.field("type", "aggregation").field("without", aggregate.without()).endObject();
  }

  private void call(Expr.Call call) {
    json.beginObject().name("args").beginArray();
    call.arguments().forEach(this::expr);
    json.endArray();
    Function function = call.function();
    json.name("func").beginObject();
    json.name("argTypes").value(function.arguments().stream().map(TreeJson::word).toList());
    json.field("name", function.name()).field("returnType", word(function.returns()));
    json.field("variadic", function.variadic()).endObject();
    json.field("type", "call").endObject();
  }

  private static String word(ValueType type) {
    return switch (type) {
      case SCALAR -> "scalar";
      case STRING -> "string";
      case VECTOR -> "vector";
      case MATRIX -> "matrix";
    };
  }

  /// @param range null of a vector selector
  private void selector(Expr.VectorSelector selector, @Nullable DurationExpr range) {
    json.beginObject().field("anchored", selector.window() == WindowMode.ANCHORED);
    matchers(selector.matchers());
    json.field("name", selector.name());
    duration("offset", selector.when().offset());
    if (range != null) {
      duration("range", range);
    }
    json.field("smoothed", selector.window() == WindowMode.SMOOTHED);
    startOrEnd(selector.when());
    timestamp(selector.when());
    json.field("type", range == null ? "vectorSelector" : "matrixSelector").endObject();
  }

  private void matchers(List<Matcher> matchers) {
    json.name("matchers").beginArray();
    for (Matcher matcher : matchers) {
      json.beginObject().field("name", matcher.name()).field("type", matcher.kind().sign());
      json.field("value", matcher.value()).endObject();
    }
    json.endArray();
  }

  private void startOrEnd(TimeModifier when) {
    json.name("startOrEnd");
    switch (when.at()) {
      case At.Start _ -> json.value("start");
      case At.End _ -> json.value("end");
      case At.Time _ -> json.nullValue();
      case null -> json.nullValue();
    }
  }

  private void timestamp(TimeModifier when) {
    json.name("timestamp");
    if (when.at() instanceof At.Time(long ms)) {
      json.value(ms);
    } else {
      json.nullValue();
    }
  }

  private void subquery(Expr.Subquery subquery) {
    expr(json.beginObject().name("expr"), subquery.inner());
    duration("offset", subquery.when().offset());
    duration("range", subquery.range());
    startOrEnd(subquery.when());
    duration("step", subquery.step());
    timestamp(subquery.when());
    json.field("type", "subquery").endObject();
  }

  /// A literal as milliseconds, anything else as an expression beside a zero.
  private void duration(String name, @Nullable DurationExpr duration) {
    boolean literal = duration instanceof DurationExpr.Literal;
    json.field(name, duration instanceof DurationExpr.Literal(long ms) ? ms : 0L);
    json.name(name + "Expr");
    if (literal) {
      json.nullValue();
    } else {
      duration(duration, false);
    }
  }

  private void duration(@Nullable DurationExpr duration, boolean wrapped) {
    switch (duration) {
      case null -> json.nullValue();
      case DurationExpr.Literal(long ms) -> number(ms / 1000.0, true);
      case DurationExpr.Constant(double value) -> number(value, false);
      case DurationExpr.Grouped(DurationExpr inner) -> duration(inner, true);
      case DurationExpr.Negated(DurationExpr inner) -> operation(null, "-", inner, wrapped);
      case DurationExpr.Step _ -> operation(null, "step", null, wrapped);
      case DurationExpr.Range _ -> operation(null, "range", null, wrapped);
      case DurationExpr.Arithmetic(var op, DurationExpr left, DurationExpr right) ->
          operation(left, op.sign(), right, wrapped);
      case DurationExpr.Choice(boolean max, DurationExpr left, DurationExpr right) ->
          operation(left, max ? "max_of" : "min_of", right, wrapped);
    }
  }

  private void number(double value, boolean duration) {
    json.beginObject().field("duration", duration).field("type", "numberLiteral");
    json.field("val", GoFloat.plain(value)).endObject();
  }

  private void operation(
      @Nullable DurationExpr left, String op, @Nullable DurationExpr right, boolean wrapped) {
    json.beginObject().name("lhs");
    duration(left, false);
    json.field("op", op).name("rhs");
    duration(right, false);
    json.field("type", "durationExpr").field("wrapped", wrapped).endObject();
  }
}
