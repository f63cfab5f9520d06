package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Evaluates queries over a source of series. Holds no state between queries: any thread may use
/// one, as far as its source allows that.
public final class Evaluator {
  private final SeriesSource source;
  private final EvalOptions options;

  public Evaluator(SeriesSource source, EvalOptions options) {
    this.source = source;
    this.options = options;
  }

  /// At one time (Unix milliseconds). Throws [EvalException]. Warnings tell places as if the query
  /// stood in one line.
  public Evaluation instant(Expr expr, long timeMs) {
    return instant(expr, "", timeMs);
  }

  /// The same; `text` is the query as parsed, for the lines and columns of warnings.
  public Evaluation instant(Expr expr, String text, long timeMs) {
    Timeline timeline = Timeline.at(timeMs);
    Run run = new Run(source, options, expr, timeline, 0);
    Planner planner = new Planner(run, timeline);
    run.poll();
    Value value =
        switch (expr.type()) {
          case STRING ->
              new Value.Text(timeMs, ((Expr.StringLiteral) Planner.unwrapped(expr)).value());
          case SCALAR -> new Value.Scalar(timeMs, planner.scalar(expr).at(timeMs));
          case VECTOR -> vector(planner.vector(expr).at(timeMs), timeMs);
          case MATRIX -> matrix(run, planner.range(expr), timeMs);
        };
    return evaluation(run, value, text);
  }

  private static Evaluation evaluation(Run run, Value value, String text) {
    Notes notes = run.notes();
    Notes.Positions positions = span -> Notes.Positions.in(text, span);
    return new Evaluation(value, notes.warnings(positions), notes.infos(positions));
  }

  /// The names marked for removal are gone; two elements that are the same then are an error.
  private static Value vector(Samples samples, long timeMs) {
    List<Value.Element> elements = new ArrayList<>(samples.size());
    Set<Labels> seen = samples.size() > 1 ? HashSet.newHashSet(samples.size()) : new HashSet<>(1);
    for (int i = 0; i < samples.size(); i++) {
      Labels labels = samples.labels(i);
      if (samples.dropsName(i)) {
        labels = NameRemoval.without(labels);
      }
      if (!seen.add(labels)) {
        throw Samples.sameLabels();
      }
      elements.add(new Value.Element(labels, timeMs, samples.value(i), samples.histogram(i)));
    }
    return new Value.Vector(elements);
  }

  private static Value matrix(Run run, RangeInput input, long timeMs) {
    input.aim(timeMs);
    List<Track> windows = new ArrayList<>();
    for (Track track : input.tracks()) {
      Track window = input.cut(track);
      if (window.to() > window.from()) {
        run.hold(window.weight());
        windows.add(window);
      }
    }
    return Rows.matrix(windows);
  }

  /// At `startMs` and every `stepMs` from there on, up to `endMs`; Unix milliseconds. Throws
  /// [EvalException]. Rows are sorted by labels.
  public Evaluation range(Expr expr, long startMs, long endMs, long stepMs) {
    return range(expr, "", startMs, endMs, stepMs);
  }

  /// The same; `text` is the query as parsed, for the lines and columns of warnings.
  public Evaluation range(Expr expr, String text, long startMs, long endMs, long stepMs) {
    if (stepMs <= 0) {
      throw new IllegalArgumentException("a step must be positive");
    }
    ValueType type = expr.type();
    if (type == ValueType.STRING || type == ValueType.MATRIX) {
      throw EvalException.execution(
          "invalid expression type \""
              + type.word()
              + "\" for range query, must be Scalar or instant Vector");
    }
    Timeline timeline = new Timeline(startMs, endMs, stepMs);
    Run run = new Run(source, options, expr, timeline, stepMs);
    Planner planner = new Planner(run, timeline);
    Rows rows = new Rows(run);
    if (type == ValueType.SCALAR) {
      scalarRows(planner.scalar(expr), timeline, run, rows);
    } else {
      vectorRows(planner.vector(expr), timeline, run, rows);
    }
    return evaluation(run, rows.matrix(), text);
  }

  private static void scalarRows(ScalarNode node, Timeline timeline, Run run, Rows rows) {
    timeline.forEach(
        timeMs -> {
          run.poll();
          rows.add(timeMs, node.at(timeMs));
        });
  }

  private static void vectorRows(VectorNode node, Timeline timeline, Run run, Rows rows) {
    timeline.forEach(
        timeMs -> {
          run.poll();
          rows.add(timeMs, node.at(timeMs));
        });
  }
}
