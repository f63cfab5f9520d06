package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.List;
import java.util.Objects;

/// Turns an expression into nodes that evaluate it on a timeline.
final class Planner {
  private final Run run;
  private final Timeline timeline;
  private final Durations durations;
  private final int subqueriesDeep;

  Planner(Run run, Timeline timeline) {
    this(run, timeline, 0);
  }

  private Planner(Run run, Timeline timeline, int subqueriesDeep) {
    this.run = run;
    this.timeline = timeline;
    this.durations = new Durations(run);
    this.subqueriesDeep = subqueriesDeep;
    if (subqueriesDeep > Run.SUBQUERIES_DEEP_MAX) {
      throw new EvalException(
          EvalException.Kind.LIMIT, "subqueries are nested deeper than " + Run.SUBQUERIES_DEEP_MAX);
    }
  }

  Run run() {
    return run;
  }

  Timeline timeline() {
    return timeline;
  }

  Durations durations() {
    return durations;
  }

  NameRemoval names() {
    return new NameRemoval(run, timeline);
  }

  static Expr unwrapped(Expr expr) {
    Expr inner = expr;
    while (inner instanceof Expr.Parens parens) {
      inner = parens.inner();
    }
    return inner;
  }

  private Planner firstOnly() {
    return new Planner(run, timeline.first(), subqueriesDeep);
  }

  VectorNode vector(Expr expr) {
    if (timeline.isRange() && Invariance.isInvariant(expr)) {
      return new Once(run, firstOnly().vector(expr), timeline.startMs());
    }
    return switch (expr) {
      case Expr.Parens parens -> vector(parens.inner());
      case Expr.VectorSelector selector -> selector(selector);
      case Expr.Unary unary -> {
        VectorNode inner = vector(unary.inner());
        yield unary.minus() ? new NegationNode(inner, names()) : inner;
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> new CallPlanner(this).vector(call);
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.MatrixSelector _, Expr.Subquery _ ->
          throw new IllegalArgumentException("no instant vector: " + expr.type().word());
    };
  }

  ScalarNode scalar(Expr expr) {
    if (timeline.isRange()
        && !(expr instanceof Expr.NumberLiteral)
        && Invariance.isInvariant(expr)) {
      return once(firstOnly().scalar(expr));
    }
    return switch (expr) {
      case Expr.NumberLiteral literal -> {
        double value = literal.value();
        yield _ -> value;
      }
      case Expr.Parens parens -> scalar(parens.inner());
      case Expr.Unary unary -> {
        ScalarNode inner = scalar(unary.inner());
        yield unary.minus() ? timeMs -> -inner.at(timeMs) : inner;
      }
      case Expr.Binary binary ->
          new ScalarBinary(binary.op(), scalar(binary.left()), scalar(binary.right()));
      case Expr.Call call -> new CallPlanner(this).scalar(call);
      case Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.Aggregate _,
          Expr.MatrixSelector _,
          Expr.Subquery _ ->
          throw new IllegalArgumentException("no scalar: " + expr.type().word());
    };
  }

  private ScalarNode once(ScalarNode inner) {
    long before = run.tally().counted();
    double value = inner.at(timeline.startMs());
    long cost = run.tally().counted() - before;
    return timeMs -> {
      if (timeMs != timeline.startMs()) {
        run.tally().again(cost);
      }
      return value;
    };
  }

  private VectorNode selector(Expr.VectorSelector selector) {
    Moment moment = durations.moment(selector.when(), selector.span());
    if (selector.window() == WindowMode.SMOOTHED) {
      return new SmoothedSelector(run, selector, moment, timeline);
    }
    boolean statsOnly = run.histogramStats().suffice(selector);
    return columns(new InstantSelector(run, selector.matchers(), statsOnly, moment, timeline));
  }

  /// The samples of a selector as they were taken, for functions of their times: nothing is
  /// smoothed, and with `@` a negative offset does not count. Source: Prometheus,
  /// rangeEvalTimestampFunctionOverVectorSelector, which looks at the time of `@` among samples
  /// that were selected with the offset.
  InstantSelector sampled(Expr.VectorSelector selector) {
    Moment written = durations.moment(selector.when(), selector.span());
    boolean counts = !written.pinned() || written.offsetMs() > 0;
    Moment moment = counts ? written : new Moment(0, true, written.pinMs());
    return new InstantSelector(run, selector.matchers(), false, moment, timeline);
  }

  /// Series by series where there are many steps.
  VectorNode columns(SeriesMajor node) {
    return timeline.suitsColumns() ? new Columns(run, timeline, node) : node;
  }

  /// As the result of a query.
  RangeInput range(Expr expr) {
    return range(expr, false);
  }

  /// As the argument of a function.
  RangeInput argumentRange(Expr expr) {
    return range(expr, true);
  }

  private RangeInput range(Expr expr, boolean argument) {
    return switch (unwrapped(expr)) {
      case Expr.MatrixSelector matrix -> range(matrix);
      case Expr.Subquery subquery -> range(subquery, argument);
      case Expr other -> throw new IllegalArgumentException("no range: " + other.type().word());
    };
  }

  private RangeInput range(Expr.MatrixSelector matrix) {
    Expr.VectorSelector selector = matrix.vector();
    Moment moment = durations.moment(selector.when(), selector.span());
    long rangeMs = durations.positive(matrix.range(), matrix.span());
    WindowMode mode = selector.window();
    boolean statsOnly = run.histogramStats().suffice(selector);
    long lookbackMs = run.options().lookbackMs();
    long before = mode == WindowMode.PLAIN ? 0 : lookbackMs;
    long after = mode == WindowMode.SMOOTHED ? lookbackMs : 0;
    RangeInput.TrackSource source =
        new SelectedTracks(
            run.source(),
            selector.matchers(),
            statsOnly,
            moment.first(timeline) - rangeMs - before + 1,
            moment.last(timeline) + after);
    return new RangeInput(source, moment, rangeMs, mode, lookbackMs);
  }

  private RangeInput range(Expr.Subquery subquery, boolean argument) {
    Moment moment = durations.moment(subquery.when(), subquery.span());
    long rangeMs = durations.positive(subquery.range(), subquery.span());
    long stepMs =
        subquery.step() == null
            ? run.options().defaultStepMs()
            : durations.positive(subquery.step(), subquery.span());
    Timeline inner = innerTimeline(moment, rangeMs, stepMs);
    // Planned now, so that errors in it come before any data is read.
    VectorNode node = new Planner(run, inner, subqueriesDeep + 1).vector(subquery.inner());
    RangeInput.TrackSource source =
        () -> {
          List<Track> tracks = evaluated(node, inner);
          if (argument) {
            tracks.replaceAll(Track::withoutResetHints);
          }
          return tracks;
        };
    return RangeInput.ofSubquery(source, moment, rangeMs);
  }

  /// The steps of a subquery are multiples of its step, whatever the query's start; the first is
  /// after the start of the first window.
  private Timeline innerTimeline(Moment moment, long rangeMs, long stepMs) {
    long before = moment.first(timeline) - rangeMs;
    long start = stepMs * (before / stepMs);
    if (start <= before) {
      start += stepMs;
    }
    return new Timeline(start, moment.last(timeline), stepMs);
  }

  private List<Track> evaluated(VectorNode node, Timeline inner) {
    Rows rows = new Rows(run);
    run.tally().enterSubquery();
    rows.addAll(node, inner);
    run.tally().leaveSubquery();
    return rows.tracks();
  }

  private VectorNode binary(Expr.Binary expr) {
    boolean scalarLeft = expr.left().type() == ValueType.SCALAR;
    if (scalarLeft) {
      VectorNode vector = vector(expr.right());
      return new MixedBinary(run, expr, vector, scalar(expr.left()), true, names());
    }
    VectorNode left = vector(expr.left());
    if (expr.right().type() == ValueType.SCALAR) {
      return new MixedBinary(run, expr, left, scalar(expr.right()), false, names());
    }
    VectorNode right = vector(expr.right());
    VectorMatching written = expr.matching();
    VectorMatching matching = written == null ? VectorMatching.DEFAULT : written;
    BinaryOp op = expr.op();
    return op.isSet()
        ? new SetBinary(op, left, right, matching)
        : new VectorBinary(run, timeline, expr, matching, left, right);
  }

  private VectorNode aggregate(Expr.Aggregate expr) {
    VectorNode polled = vector(expr.inner());
    VectorNode inner =
        polled instanceof SeriesMajor
            ? polled
            : timeMs -> {
              run.poll();
              return polled.at(timeMs);
            };
    return switch (expr.op()) {
      case COUNT_VALUES -> {
        Expr label = unwrapped(Objects.requireNonNull(expr.parameter()));
        String name = ((Expr.StringLiteral) label).value();
        if (!LabelText.isName(name)) {
          throw EvalException.execution("invalid label name " + LabelNames.quote(name));
        }
        yield new CountValuesNode(inner, name, expr.grouping(), expr.without());
      }
      case TOPK, BOTTOMK, LIMITK -> new RankingNode(run, expr, inner, parameter(expr));
      case LIMIT_RATIO -> new RatioNode(run, expr, inner, parameter(expr));
      case QUANTILE -> new AggregateNode(run, timeline, expr, inner, parameter(expr));
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR ->
          new AggregateNode(run, timeline, expr, inner, null);
    };
  }

  private Parameter parameter(Expr.Aggregate expr) {
    return new Parameter(run, scalar(Objects.requireNonNull(expr.parameter())), timeline);
  }
}
