package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluation;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// `query` and `query_range`: over what the store has published, in [Turns].
public final class QueryApi {
  /// Points of one series in a range query; beyond it the query is refused, as in Prometheus.
  private static final long POINTS_MAX = 11_000;

  private static final long NANOS_PER_MS = 1_000_000;

  private final Function<BooleanSupplier, SeriesSource> sources;
  private final Queries queries;
  private final Clock clock;
  private final long evaluationIntervalMs;
  private final QueryLimits limits;
  private final Turns turns;
  private final Semaphore writing = new Semaphore(1, true);

  /// @param sources gives each query its source, which ends when the query is cancelled
  /// @param evaluationIntervalMs the step of subqueries that name none
  public QueryApi(
      Queries queries,
      Function<BooleanSupplier, SeriesSource> sources,
      Clock clock,
      long evaluationIntervalMs,
      QueryLimits limits,
      Turns turns) {
    this.queries = queries;
    this.limits = limits;
    this.sources = sources;
    this.clock = clock;
    this.evaluationIntervalMs = evaluationIntervalMs;
    this.turns = turns;
  }

  public HttpReply query(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    int limit = ApiNumber.limit(form);
    long timeMs = ApiTime.timeMs(form, "time", clock.wallMillis());
    QueryOptions options = QueryOptions.of(form, limit);
    String text = form.get("query");
    return turns.take(
        request,
        options.timeoutNanos(),
        turn -> {
          Expr expr = queries.parse(text);
          return answer(turn, options, timeMs, 0, all -> all.instant(expr, text, timeMs));
        });
  }

  public HttpReply queryRange(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    int limit = ApiNumber.limit(form);
    long startMs = ApiTime.timeMs(form, "start");
    long endMs = ApiTime.timeMs(form, "end");
    if (endMs < startMs) {
      throw ApiException.badData("end", "end timestamp must not be before start time");
    }
    long stepMs = stepMs(form, startMs, endMs);
    QueryOptions options = QueryOptions.of(form, limit);
    String text = form.get("query");
    return turns.take(
        request,
        options.timeoutNanos(),
        turn -> {
          Expr expr = queries.parse(text);
          if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
            throw ApiException.badData(
                "query",
                "invalid expression type \""
                    + expr.type().word()
                    + "\" for range query, must be Scalar or instant Vector");
          }
          return answer(
              turn, options, startMs, stepMs, all -> all.range(expr, text, startMs, endMs, stepMs));
        });
  }

  private static long stepMs(Form form, long startMs, long endMs) {
    long stepNanos = ApiTime.durationNanos(form, "step");
    if (stepNanos < NANOS_PER_MS) {
      // Below a millisecond is nothing to us; Prometheus fails on it with an internal error.
      throw ApiException.badData(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    double spanMs = (double) endMs - startMs;
    if (Math.floor(spanMs * NANOS_PER_MS / stepNanos) > POINTS_MAX) {
      throw new ApiException(
          Kind.BAD_DATA,
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    return stepNanos / NANOS_PER_MS;
  }

  private interface Query {
    Evaluation run(Evaluator evaluator);
  }

  private HttpReply answer(
      Turn turn, QueryOptions options, long startMs, long stepMs, Query query) {
    EvalOptions evalOptions =
        options
            .applied(queries.features().applied(EvalOptions.DEFAULT))
            .withSamplesMax(Math.min(Integer.MAX_VALUE, limits.samplesMax()))
            .withDefaultStepMs(evaluationIntervalMs)
            .withCancelled(turn);
    long begin = turn.clock().monotonicNanos();
    Evaluation result = query.run(new Evaluator(sources.apply(turn), evalOptions));
    long evaluationNanos = turn.clock().monotonicNanos() - begin;
    QueryStats stats =
        new QueryStats(
            turn.queuedNanos(),
            evaluationNanos,
            result.samples(),
            startMs,
            stepMs,
            options.perStepStats());
    return written(result, options, stats);
  }

  private HttpReply written(Evaluation result, QueryOptions options, QueryStats stats) {
    int limit = options.limit();
    limits.check(ValueJson.points(result.value(), limit));
    List<String> warnings = new ArrayList<>(result.warnings());
    if (ValueJson.isCut(result.value(), limit)) {
      warnings.add(ApiReply.TRUNCATED);
    }
    warnings.addAll(options.statsWarnings());
    writing.acquireUninterruptibly();
    try {
      return ApiReply.success(
          json -> {
            json.beginObject();
            ValueJson.write(json, result.value(), limit, limits);
            if (options.wantsStats()) {
              stats.write(json.name("stats"));
            }
            json.endObject();
          },
          warnings,
          result.infos());
    } finally {
      writing.release();
    }
  }
}
