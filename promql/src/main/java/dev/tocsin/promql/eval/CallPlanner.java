package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.eval.number.GoMath;
import dev.tocsin.promql.eval.window.WindowFunction;
import dev.tocsin.promql.eval.window.WindowFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// Turns function calls into nodes.
final class CallPlanner {
  private final Planner planner;

  CallPlanner(Planner planner) {
    this.planner = planner;
  }

  ScalarNode scalar(Expr.Call call) {
    Run run = planner.run();
    Timeline query = run.query();
    return switch (call.function().name()) {
      case "time" -> timeMs -> (double) timeMs / 1000;
      case "pi" -> _ -> Math.PI;
      case "scalar" -> new ScalarOfVector(planner.vector(argument(call, 0)));
      case "min_of" -> {
        ScalarNode a = planner.scalar(argument(call, 0));
        ScalarNode b = planner.scalar(argument(call, 1));
        yield timeMs -> GoMath.min(a.at(timeMs), b.at(timeMs));
      }
      case "max_of" -> {
        ScalarNode a = planner.scalar(argument(call, 0));
        ScalarNode b = planner.scalar(argument(call, 1));
        yield timeMs -> GoMath.max(a.at(timeMs), b.at(timeMs));
      }
      case "start" -> _ -> (double) query.startMs() / 1000;
      case "end" -> _ -> (double) query.endMs() / 1000;
      case "range" -> _ -> (double) (query.endMs() - query.startMs()) / 1000;
      case "step" -> {
        double seconds = query.isRange() ? (double) run.stepMs() / 1000 : 0;
        yield _ -> seconds;
      }
      default -> throw unknown(call);
    };
  }

  VectorNode vector(Expr.Call call) {
    String name = call.function().name();
    WindowFunction window = WindowFunctions.get(name);
    if (window != null) {
      return window(call, window);
    }
    DoubleUnaryOperator element = ElementFunctions.get(name);
    if (element != null) {
      if (call.arguments().isEmpty()) {
        return new VectorOfScalar(timeMs -> element.applyAsDouble(wholeSeconds(timeMs)));
      }
      return new ElementNode(planner.vector(argument(call, 0)), element, planner.names());
    }
    return switch (name) {
      case "clamp" -> clamp(call, number(call, 1), number(call, 2));
      case "clamp_min" -> clamp(call, number(call, 1), _ -> Double.POSITIVE_INFINITY);
      case "clamp_max" -> clamp(call, _ -> Double.NEGATIVE_INFINITY, number(call, 1));
      case "round" -> {
        ScalarNode multiple = call.arguments().size() > 1 ? number(call, 1) : _ -> 1;
        yield new RoundNode(planner.vector(argument(call, 0)), multiple, planner.names());
      }
      case "vector" -> new VectorOfScalar(number(call, 0));
      case "timestamp" -> timestamp(call);
      case "start_timestamp" -> startTimestamp(call);
      case "absent" -> absent(call);
      case "absent_over_time" -> absentOverTime(call);
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> sort(call);
      case "label_replace" -> {
        Replacement rule =
            new Replacement(
                planner.run(), text(call, 1), text(call, 2), text(call, 3), text(call, 4));
        yield relabel(call, rule);
      }
      case "label_join" -> {
        List<String> sources = texts(call, 3);
        yield relabel(call, new Relabelling.Join(text(call, 1), text(call, 2), sources));
      }
      case "histogram_quantile" -> histogramQuantile(call);
      case "histogram_quantiles" -> histogramQuantiles(call);
      case "histogram_fraction" -> histogramFraction(call);
      case "info" -> new InfoPlanner(planner).vector(call);
      case "histogram_avg",
          "histogram_count",
          "histogram_sum",
          "histogram_stddev",
          "histogram_stdvar" ->
          new NativeHistogramNode(
              planner.run(),
              planner.timeline(),
              planner.vector(argument(call, 0)),
              NativeHistogramNode.function(name));
      default -> throw unknown(call);
    };
  }

  /// Of a selector in parentheses too, but not behind a sign.
  private VectorNode timestamp(Expr.Call call) {
    Expr argument = argument(call, 0);
    return argument instanceof Expr.VectorSelector selector
        ? new TimestampNode(planner.sampled(selector), planner.names())
        : new TimestampNode(planner.vector(argument), planner.names());
  }

  private static double wholeSeconds(long timeMs) {
    long seconds = timeMs / 1000;
    return (double) seconds;
  }

  private static VectorNode nothing(VectorNode inner) {
    Samples none = new Samples();
    return timeMs -> {
      inner.at(timeMs);
      return none;
    };
  }

  private static EvalException unknown(Expr.Call call) {
    return EvalException.execution("unknown function with name \"" + call.function().name() + "\"");
  }

  private static Expr argument(Expr.Call call, int index) {
    return Planner.unwrapped(call.arguments().get(index));
  }

  private ScalarNode number(Expr.Call call, int index) {
    return planner.scalar(argument(call, index));
  }

  private static String text(Expr.Call call, int index) {
    return ((Expr.StringLiteral) argument(call, index)).value();
  }

  private static List<String> texts(Expr.Call call, int from) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < call.arguments().size(); i++) {
      texts.add(text(call, i));
    }
    return texts;
  }

  private VectorNode clamp(Expr.Call call, ScalarNode min, ScalarNode max) {
    return new ClampNode(planner.vector(argument(call, 0)), min, max, planner.names());
  }

  private VectorNode relabel(Expr.Call call, Relabelling rule) {
    return new RelabelNode(
        planner.run(), planner.vector(argument(call, 0)), rule, text(call, 1), planner.timeline());
  }

  private VectorNode sort(Expr.Call call) {
    String name = call.function().name();
    if (planner.timeline().isRange()) {
      String text =
          "sort is ineffective for range queries since results are always ordered by labels";
      planner.run().notes().warn(text, call.span());
    }
    return new SortNode(planner.vector(argument(call, 0)), texts(call, 1), name.endsWith("_desc"));
  }

  /// Nothing of an expression, or where start times are not looked at.
  private VectorNode startTimestamp(Expr.Call call) {
    Expr argument = argument(call, 0);
    return planner.run().options().startTimestamps()
            && argument instanceof Expr.VectorSelector selector
        ? new StartTimestampNode(planner.sampled(selector), planner.names())
        : nothing(planner.vector(argument));
  }

  private VectorNode absent(Expr.Call call) {
    Expr argument = argument(call, 0);
    VectorNode inner = planner.vector(argument);
    Labels labels =
        argument instanceof Expr.VectorSelector selector
            ? AbsentNode.demanded(selector.matchers())
            : Labels.empty();
    return new AbsentNode(timeMs -> !inner.at(timeMs).isEmpty(), labels);
  }

  private VectorNode absentOverTime(Expr.Call call) {
    Expr argument = argument(call, 0);
    requirePlain(call, argument);
    RangeInput input = planner.argumentRange(argument);
    Labels labels =
        argument instanceof Expr.MatrixSelector matrix
            ? AbsentNode.demanded(matrix.vector().matchers())
            : Labels.empty();
    return new AbsentNode(
        timeMs -> {
          input.aim(timeMs);
          return input.tracks().stream().anyMatch(track -> input.window(track).count() > 0);
        },
        labels);
  }

  private VectorNode window(Expr.Call call, WindowFunction function) {
    List<ScalarNode> scalars = new ArrayList<>();
    RangeInput input = null;
    Expr range = null;
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.MATRIX) {
        range = Planner.unwrapped(argument);
        requirePlain(call, range);
        input = planner.argumentRange(range);
      } else {
        scalars.add(planner.scalar(Planner.unwrapped(argument)));
      }
    }
    if (input == null || range == null) {
      throw new IllegalArgumentException("no range vector: " + call.function().name());
    }
    String name = call.function().name();
    Run run = planner.run();
    SeriesRemarks remarks = new SeriesRemarks(run.notes(), place(argument(call, 0)));
    boolean startTimes = run.options().startTimestamps() && WindowFunctions.asksStartTimes(name);
    input.listen(remarks, startTimes);
    return planner.columns(
        new WindowCall(
            run,
            planner.timeline(),
            input,
            function,
            WindowFunctions.mixed(name),
            remarks,
            scalars,
            WindowFunctions.keepsName(name),
            planner.names(),
            check(call),
            watch(name, range)));
  }

  private static void requirePlain(Expr.Call call, Expr range) {
    String name = call.function().name();
    WindowMode mode =
        range instanceof Expr.MatrixSelector matrix ? matrix.vector().window() : WindowMode.PLAIN;
    if (mode == WindowMode.ANCHORED && !WindowFunctions.isAnchorable(name)) {
      throw EvalException.execution(
          "anchored modifier can only be used with: changes, delta, increase, rate, resets - not"
              + " with "
              + name);
    }
    if (mode == WindowMode.SMOOTHED && !WindowFunctions.isSmoothable(name)) {
      throw EvalException.execution(
          "smoothed modifier can only be used with: delta, increase, rate - not with " + name);
    }
  }

  private WindowCall.Check check(Expr.Call call) {
    Run run = planner.run();
    return switch (call.function().name()) {
      case "quantile_over_time" ->
          (scalars, floats) -> {
            if (floats) {
              warnOfQuantile(run, scalars[0], argument(call, 0));
            }
            return floats;
          };
      case "double_exponential_smoothing" ->
          (scalars, _) -> {
            requireFactor("smoothing", "sf", scalars[0]);
            requireFactor("trend", "tf", scalars[1]);
            return true;
          };
      default -> WindowCall.Check.NONE;
    };
  }

  private static void warnOfQuantile(Run run, double quantile, Expr argument) {
    if (Warnings.isInvalidQuantile(quantile)) {
      run.notes().warn(Warnings.invalidQuantile(quantile), argument.span());
    }
  }

  private static void requireFactor(String name, String sign, double factor) {
    if (factor <= 0 || factor >= 1) {
      throw EvalException.execution(
          String.format(
              Locale.ROOT, "invalid %s factor. Expected: 0 < %s < 1, got: %f", name, sign, factor));
    }
  }

  private WindowCall.Watch watch(String name, Expr range) {
    if (!name.equals("rate") && !name.equals("increase")) {
      return WindowCall.Watch.NONE;
    }
    CounterNames counters = new CounterNames(planner.run().notes(), place(range));
    return counters::sees;
  }

  /// Prometheus puts the result of a subquery in its place before it looks, and loses where it was.
  private static Span place(Expr argument) {
    return argument instanceof Expr.Subquery ? Span.NONE : argument.span();
  }

  private VectorNode histogramQuantile(Expr.Call call) {
    Run run = planner.run();
    Expr quantile = argument(call, 0);
    ScalarNode q = planner.scalar(quantile);
    Expr buckets = argument(call, 1);
    return histogram(
        buckets,
        (timeMs, histograms) -> {
          double value = q.at(timeMs);
          warnOfQuantile(run, value, quantile);
          histograms.quantile(value, timeMs);
        });
  }

  private VectorNode histogramQuantiles(Expr.Call call) {
    Run run = planner.run();
    String label = text(call, 1);
    List<ScalarNode> quantiles = new ArrayList<>();
    for (int i = 2; i < call.arguments().size(); i++) {
      quantiles.add(number(call, i));
    }
    return histogram(
        argument(call, 0),
        (timeMs, histograms) -> {
          for (int i = 0; i < quantiles.size(); i++) {
            double value = quantiles.get(i).at(timeMs);
            warnOfQuantile(run, value, argument(call, i + 2));
            histograms.quantile(value, timeMs, label, Warnings.openMetrics(value));
          }
        });
  }

  private VectorNode histogramFraction(Expr.Call call) {
    ScalarNode lower = number(call, 0);
    ScalarNode upper = number(call, 1);
    return histogram(
        argument(call, 2),
        (timeMs, histograms) -> histograms.fraction(lower.at(timeMs), upper.at(timeMs)));
  }

  private VectorNode histogram(Expr buckets, HistogramNode.Question question) {
    VectorNode inner = planner.vector(buckets);
    return new HistogramNode(planner.run(), planner.timeline(), inner, buckets.span(), question);
  }
}
