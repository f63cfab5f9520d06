package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.eval.window.Window;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of a range selector. While the window holds the same samples, the value is the
/// evaluator's (it is asked), and where it moves with time its course is followed; over windows that
/// lose or gain samples it is enclosed by [WindowBounds].
final class WindowNode implements Node {
  private final int leaf;
  private final long offsetMs;
  private final long rangeMs;
  private final int rescanMax;
  private final WindowKind kind;
  private final WindowFunction function;
  private final List<Node> arguments;
  private final boolean keepsName;
  private final double[] scalars;
  private final Window window = new Window(WindowMode.PLAIN);
  private final Span span = new Span();
  private final @Nullable Extrapolated extrapolated;
  private final Bounds bounds = new Bounds();

  /// @param arguments the scalar ones
  WindowNode(
      int leaf,
      long offsetMs,
      long rangeMs,
      int rescanMax,
      String name,
      WindowFunction function,
      List<Node> arguments) {
    this.leaf = leaf;
    this.offsetMs = offsetMs;
    this.rangeMs = rangeMs;
    this.rescanMax = rescanMax;
    this.kind = WindowKind.of(name);
    this.function = function;
    this.arguments = List.copyOf(arguments);
    this.keepsName = kind == WindowKind.LAST || kind == WindowKind.FIRST;
    this.scalars = new double[arguments.size()];
    boolean extrapolates =
        kind == WindowKind.RATE || kind == WindowKind.INCREASE || kind == WindowKind.DELTA;
    this.extrapolated = extrapolates ? new Extrapolated(kind, rangeMs) : null;
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    arguments.forEach(argument -> argument.shape(builder));
    Shape shape = new Shape(builder.members(leaf), true);
    return keepsName ? shape : builder.unnamed(shape);
  }

  @Override
  public Bounds at(Look look) {
    boolean known = true;
    for (int i = 0; i < scalars.length; i++) {
      Bounds argument = arguments.get(i).at(look);
      known &= argument.isExact(0);
      scalars[i] = argument.value(0);
    }
    bounds.resized(look.members(leaf));
    for (int member = 0; member < bounds.size; member++) {
      member(look, member, known);
    }
    return bounds;
  }

  private void member(Look look, int member, boolean known) {
    if (look.windows.hasHistograms(leaf, member)) {
      look.unproven = true;
      bounds.absent(member);
      return;
    }
    long endMs = look.fromMs - offsetMs;
    long startMs = endMs - rangeMs;
    if (look.windows.lastTimeMs(leaf, member) <= startMs) {
      bounds.absent(member);
      return;
    }
    if (look.rough && isEnclosed(look, member)) {
      return;
    }
    long laterMs = look.toMs - look.fromMs;
    span.fill(
        look.windows.lend(leaf, member, startMs + 1, endMs + laterMs), startMs, endMs, laterMs);
    if (span.countMax() > rescanMax && Sketch.serves(kind)) {
      sketch(look, member);
    }
    if (span.countMax() < kind.samplesMin()) {
      bounds.absent(member);
    } else {
      changes(look);
      if (!known) {
        boolean sure = span.countMin() >= kind.samplesMin();
        bounds.anything(member, sure ? Bounds.PRESENT : Bounds.MAYBE);
      } else if (span.isConstant()) {
        constant(look, member);
      } else {
        WindowBounds.of(kind, span, scalars, this, bounds, member);
      }
    }
  }

  /// Whether its sketch bounds it, which takes in what came since it was last looked at.
  private boolean isEnclosed(Look look, int member) {
    Sketch sketch = look.state.sketch(leaf, member);
    long lastMs = look.windows.lastTimeMs(leaf, member);
    long startMs = look.fromMs - offsetMs - rangeMs;
    if (sketch == null || lastMs > look.fromMs - offsetMs) {
      return false;
    }
    if (sketch.lastMs() > lastMs) {
      look.state.forget(); // not the samples it has seen
      return false;
    }
    if (sketch.lastMs() < lastMs) {
      long sinceMs = Math.max(sketch.lastMs() + 1, Sketch.backMs(startMs, rangeMs));
      sketch.add(look.windows.lend(leaf, member, sinceMs, lastMs));
    }
    double perSecond = kind == WindowKind.RATE ? 1000.0 / rangeMs : 1;
    long laterMs = look.toMs - offsetMs - rangeMs;
    return sketch.enclose(startMs, laterMs, perSecond, bounds, member);
  }

  private void sketch(Look look, int member) {
    if (look.state.sketch(leaf, member) == null) {
      Sketch sketch = new Sketch(kind, rangeMs);
      look.state.keep(leaf, member, look.leaves(), look.members(leaf), sketch);
    }
  }

  /// When the first sample leaves, and when the next comes into view.
  private void changes(Look look) {
    if (span.coreTo > span.from) {
      look.changesAt(span.timesMs[span.from] + offsetMs + rangeMs);
    }
    if (span.coreTo < span.to) {
      look.changesAt(span.timesMs[span.coreTo] + offsetMs);
    }
  }

  /// The window holds the same samples all the time.
  private void constant(Look look, int member) {
    if (extrapolated != null) {
      extrapolated.of(span, look.fromMs - offsetMs, look.toMs - offsetMs, bounds, member);
      return;
    }
    double value = value(look.fromMs, span.from, span.to);
    if (WindowFunction.isNone(value)) {
      bounds.absent(member);
    } else if (kind.moves() && !look.isMoment()) {
      double later = value(look.toMs, span.from, span.to);
      Predicted.between(span, look, scalars[0], value, later, bounds, member);
    } else {
      bounds.point(member, Bounds.PRESENT, value);
    }
  }

  /// rate, increase or delta over all windows.
  void enclose(Span span, Bounds out, int at, byte there) {
    if (extrapolated != null) {
      extrapolated.enclose(span, out, at, there);
    }
  }

  /// The evaluator's value for a window.
  double value(long timeMs, int from, int to) {
    long endMs = timeMs - offsetMs;
    window.aim(endMs - rangeMs, endMs, timeMs);
    window.fill(span.timesMs, span.values, from, to);
    return function.apply(window, scalars);
  }
}
