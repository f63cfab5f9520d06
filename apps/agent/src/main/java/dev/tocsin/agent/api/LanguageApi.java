package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.print.PrettyPrinter;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// What is about queries and not about data: `format_query`, `parse_query`; and `query_exemplars`,
/// which has none to show.
public final class LanguageApi {
  private final Queries queries;
  private final QueryLimits limits;
  private final Turns turns;

  public LanguageApi(Queries queries, QueryLimits limits, Turns turns) {
    this.queries = queries;
    this.limits = limits;
    this.turns = turns;
  }

  public HttpReply format(HttpRequest request) throws IOException {
    String text = Form.of(request).get("query");
    return turns.take(
        request,
        _ -> {
          String printed = PrettyPrinter.print(queries.parse(text));
          return ApiReply.success(json -> json.value(printed));
        });
  }

  public HttpReply parse(HttpRequest request) throws IOException {
    String text = Form.of(request).get("query");
    return turns.take(
        request,
        _ -> {
          Expr expr = queries.parse(text);
          return ApiReply.success(json -> TreeJson.write(json, expr, limits));
        });
  }

  /// Exemplars are not kept. A query that selects nothing has no content, as in Prometheus.
  public HttpReply exemplars(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    long startMs = ApiTime.timeMs(form, "start", ApiTime.MIN_MS);
    long endMs = ApiTime.timeMs(form, "end", ApiTime.MAX_MS);
    if (endMs < startMs) {
      throw new ApiException(Kind.BAD_DATA, "end timestamp must not be before start timestamp");
    }
    String text = form.get("query");
    return turns.take(request, _ -> exemplars(text));
  }

  private HttpReply exemplars(String text) {
    Expr expr;
    try {
      expr = PromqlParser.parse(text, queries.features().parseOptions());
    } catch (ParseException e) {
      throw new ApiException(Kind.BAD_DATA, String.valueOf(e.getMessage()));
    }
    return selects(expr)
        ? ApiReply.success(json -> json.beginArray().endArray())
        : HttpReply.empty(204);
  }

  private static boolean selects(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> false;
      case Expr.VectorSelector _, Expr.MatrixSelector _ -> true;
      case Expr.Parens parens -> selects(parens.inner());
      case Expr.Unary unary -> selects(unary.inner());
      case Expr.Binary binary -> selects(binary.left()) || selects(binary.right());
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        yield selects(aggregate.inner()) || (parameter != null && selects(parameter));
      }
      case Expr.Call call -> call.arguments().stream().anyMatch(LanguageApi::selects);
      case Expr.Subquery subquery -> selects(subquery.inner());
    };
  }
}
