package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

/// An operator between a vector and a scalar, on either side.
final class MixedBinary implements VectorNode {
  private final Expr.Binary expr;
  private final VectorNode vector;
  private final ScalarNode scalar;
  private final boolean scalarLeft;
  private final NameRemoval names;
  private final boolean drops;
  private final HistogramOperation histograms;
  private final Samples out = new Samples();

  MixedBinary(
      Run run,
      Expr.Binary expr,
      VectorNode vector,
      ScalarNode scalar,
      boolean scalarLeft,
      NameRemoval names) {
    this.expr = expr;
    this.vector = vector;
    this.scalar = scalar;
    this.scalarLeft = scalarLeft;
    this.names = names;
    this.histograms = new HistogramOperation(run.notes(), expr.op(), expr.span());
    this.drops = expr.bool() || Arithmetic.changesMetric(expr.op());
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = vector.at(timeMs);
    double number = scalar.at(timeMs);
    BinaryOp op = expr.op();
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      FloatHistogram histogram = in.histogram(i);
      if (histogram != null || Arithmetic.isTrim(op)) {
        addHistogram(in, i, histogram, number);
        continue;
      }
      double value = in.value(i);
      double left = scalarLeft ? number : value;
      double right = scalarLeft ? value : number;
      if (!op.isComparison()) {
        out.add(names.of(in.labels(i)), Arithmetic.apply(op, left, right), true);
      } else if (expr.bool()) {
        out.add(names.of(in.labels(i)), Arithmetic.holds(op, left, right) ? 1 : 0, true);
      } else if (Arithmetic.holds(op, left, right)) {
        out.add(in, i);
      }
    }
    histograms.finish();
    if (drops) {
      names.finish(out);
    }
    return out;
  }

  private void addHistogram(
      Samples in, int index, @Nullable FloatHistogram histogram, double number) {
    HistogramOperation.Outcome outcome =
        scalarLeft
            ? histograms.apply(number, null, in.value(index), histogram)
            : histograms.apply(in.value(index), histogram, number, null);
    if (outcome == HistogramOperation.Outcome.KEPT) {
      Labels labels = drops ? names.of(in.labels(index)) : in.labels(index);
      out.add(labels, histograms.result(), drops || in.dropsName(index));
    }
  }
}
