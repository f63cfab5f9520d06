package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluation;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `query` and `query_range`. Each request evaluates on its own thread, over what the store has
/// published.
public final class QueryApi {
  /// Queries at once; further ones wait for their turn. They share the cores with the engine.
  static final int QUERIES_MAX = 2;

  /// Points of one series in a range query; beyond it the query is refused, as in Prometheus.
  private static final long POINTS_MAX = 11_000;

  /// Time of one query, waiting included, where the request asks for no shorter one.
  private static final long TIMEOUT_MS = 120_000;

  /// Parser, evaluator and regular expressions recurse; a stack is smaller than what they allow.
  private static final String TOO_DEEP = "the expression nests too deeply";

  private final Supplier<SeriesSource> source;
  private final Clock clock;
  private final long evaluationIntervalMs;
  private final QueryLimits limits;
  private final Semaphore turns = new Semaphore(QUERIES_MAX, true);
  private final Semaphore writing = new Semaphore(1, true);

  /// @param evaluationIntervalMs the step of subqueries that name none
  public QueryApi(
      Supplier<SeriesSource> source, Clock clock, long evaluationIntervalMs, QueryLimits limits) {
    this.limits = limits;
    this.source = source;
    this.clock = clock;
    this.evaluationIntervalMs = evaluationIntervalMs;
  }

  public HttpReply query(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    long timeMs = ApiTime.timeMs(form, "time", clock.wallMillis());
    Expr expr = parse(form);
    return answer(form, (evaluator) -> evaluator.instant(expr, timeMs));
  }

  public HttpReply queryRange(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    long startMs = ApiTime.timeMs(form, "start");
    long endMs = ApiTime.timeMs(form, "end");
    if (endMs < startMs) {
      throw ApiException.badData("end", "end timestamp must not be before start time");
    }
    long stepMs = ApiTime.durationMs(form, "step");
    if (stepMs <= 0) {
      throw ApiException.badData(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if ((endMs - startMs) / stepMs > POINTS_MAX) {
      throw new ApiException(
          Kind.BAD_DATA,
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    Expr expr = parse(form);
    if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw new ApiException(
          Kind.BAD_DATA,
          "invalid expression type \""
              + expr.type().word()
              + "\" for range query, must be Scalar or instant Vector");
    }
    return answer(form, (evaluator) -> evaluator.range(expr, startMs, endMs, stepMs));
  }

  private static Expr parse(Form form) {
    try {
      return PromqlParser.parse(form.get("query"));
    } catch (ParseException e) {
      throw ApiException.badData("query", String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw ApiException.badData("query", TOO_DEEP);
    }
  }

  private interface Query {
    Evaluation run(Evaluator evaluator);
  }

  private HttpReply answer(Form form, Query query) {
    int limit = limit(form);
    long timeoutMs =
        form.get("timeout").isEmpty() ? TIMEOUT_MS : ApiTime.durationMs(form, "timeout");
    long boundedMs = Math.min(TIMEOUT_MS, Math.max(1, timeoutMs));
    long deadlineNanos = clock.monotonicNanos() + boundedMs * 1_000_000;
    BooleanSupplier late = () -> clock.monotonicNanos() - deadlineNanos > 0;
    EvalOptions options =
        EvalOptions.DEFAULT
            .withSamplesMax(Math.min(Integer.MAX_VALUE, limits.samplesMax()))
            .withDefaultStepMs(evaluationIntervalMs)
            .withCancelled(late);
    turns.acquireUninterruptibly();
    try {
      Evaluation result = query.run(new Evaluator(source.get(), options));
      return written(result, limit);
    } catch (EvalException e) {
      throw error(e, late.getAsBoolean());
    } catch (StackOverflowError e) {
      throw new ApiException(Kind.EXECUTION, TOO_DEEP);
    } finally {
      turns.release();
    }
  }

  private HttpReply written(Evaluation result, int limit) {
    long points = ValueJson.points(result.value(), limit);
    if (points > limits.pointsMax()) {
      throw new ApiException(
          Kind.EXECUTION,
          "the result has "
              + points
              + " points, the limit is "
              + limits.pointsMax()
              + "; ask for fewer series, a shorter time or a longer step");
    }
    List<String> warnings = new ArrayList<>(result.warnings());
    if (ValueJson.isCut(result.value(), limit)) {
      warnings.add("results truncated due to limit");
    }
    writing.acquireUninterruptibly();
    try {
      return ApiReply.success(
          json -> ValueJson.write(json, result.value(), limit), warnings, result.infos());
    } finally {
      writing.release();
    }
  }

  private static int limit(Form form) {
    String text = form.get("limit");
    try {
      int limit = text.isEmpty() ? 0 : Integer.parseInt(text);
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.badData("limit", "must be a non-negative number");
  }

  private static ApiException error(EvalException e, boolean late) {
    Kind kind =
        switch (e.kind()) {
          case EXECUTION, LIMIT -> Kind.EXECUTION;
          case CANCELED -> late ? Kind.TIMEOUT : Kind.CANCELED;
          case TIMEOUT -> Kind.TIMEOUT;
        };
    String message =
        kind == Kind.TIMEOUT ? "query timed out in expression evaluation" : e.getMessage();
    return new ApiException(kind, String.valueOf(message));
  }
}
