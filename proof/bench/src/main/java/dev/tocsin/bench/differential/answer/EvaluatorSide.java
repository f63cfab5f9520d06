package dev.tocsin.bench.differential.answer;

import dev.tocsin.model.histogram.Bucket;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluation;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tocsin's evaluator in this process, with the experimental parts of the language on, which the
/// agent leaves off.
public final class EvaluatorSide implements Side {
  private final SeriesSource source;

  /// @param series with all of their samples
  public EvaluatorSide(List<SeriesData> series) {
    List<SeriesData> all = List.copyOf(series);
    this.source = (matchers, _, _) -> all.stream().filter(s -> accepts(matchers, s)).toList();
  }

  private static boolean accepts(List<Matcher> matchers, SeriesData series) {
    return matchers.stream().allMatch(m -> m.accepts(series.labels()));
  }

  @Override
  public Answer ask(Question question) {
    try {
      String query = question.query();
      Expr expr = PromqlParser.parse(query, ParseOptions.ALL);
      Evaluator evaluator = new Evaluator(source, EvalOptions.DEFAULT);
      Evaluation evaluation =
          question.isRange()
              ? evaluator.range(
                  expr, query, question.startMs(), question.endMs(), question.stepMs())
              : evaluator.instant(expr, query, question.startMs());
      return success(evaluation);
    } catch (ParseException e) {
      return new Answer.Failure(
          "bad_data", "invalid parameter \"query\": " + String.valueOf(e.getMessage()));
    } catch (EvalException e) {
      return new Answer.Failure("execution", String.valueOf(e.getMessage()));
    }
  }

  private static Answer success(Evaluation evaluation) {
    List<Answer.Series> series = new ArrayList<>();
    String type =
        switch (evaluation.value()) {
          case Value.Scalar(long timeMs, double value) -> {
            series.add(new Answer.Series(Map.of(), List.of(point(timeMs, value, null))));
            yield "scalar";
          }
          case Value.Text(long _, String text) -> {
            series.add(new Answer.Series(Map.of("string", text), List.of()));
            yield "string";
          }
          case Value.Vector(List<Value.Element> elements) -> {
            for (Value.Element e : elements) {
              series.add(series(e.labels(), List.of(point(e.timeMs(), e.value(), e.histogram()))));
            }
            yield "vector";
          }
          case Value.Matrix(List<Value.Row> rows) -> {
            rows.forEach(row -> series.add(series(row.labels(), points(row))));
            yield "matrix";
          }
        };
    return new Answer.Success(type, series, evaluation.warnings(), evaluation.infos());
  }

  private static Answer.Series series(Labels labels, List<Answer.Point> points) {
    return new Answer.Series(labels.toMap(), points);
  }

  private static List<Answer.Point> points(Value.Row row) {
    List<Answer.Point> points = new ArrayList<>();
    for (int i = 0; i < row.timesMs().length; i++) {
      FloatHistogram histogram = row.histograms() == null ? null : row.histograms()[i];
      points.add(point(row.timesMs()[i], row.values()[i], histogram));
    }
    return points;
  }

  private static Answer.Point point(long timeMs, double value, @Nullable FloatHistogram histogram) {
    return new Answer.Point(timeMs, value, histogram == null ? null : shown(histogram));
  }

  /// As the API shows it: without empty buckets.
  private static Answer.HistogramPoint shown(FloatHistogram histogram) {
    List<Answer.Bucket> buckets = new ArrayList<>();
    for (Bucket bucket : histogram.buckets()) {
      if (bucket.count() != 0) {
        int bounds = bucket.lowerInclusive() ? 1 : 2;
        int closed = bucket.lowerInclusive() ? 3 : 0;
        buckets.add(
            new Answer.Bucket(
                bucket.upperInclusive() ? closed : bounds,
                bucket.lower(),
                bucket.upper(),
                bucket.count()));
      }
    }
    return new Answer.HistogramPoint(histogram.count(), histogram.sum(), buckets);
  }
}
