package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;

/// An operator between a vector and a scalar, on either side.
final class MixedBinary implements VectorNode {
  private final Run run;
  private final Expr.Binary expr;
  private final VectorNode vector;
  private final ScalarNode scalar;
  private final boolean scalarLeft;
  private final NameRemoval names;
  private final boolean drops;
  private final Samples out = new Samples();

  MixedBinary(
      Run run,
      Expr.Binary expr,
      VectorNode vector,
      ScalarNode scalar,
      boolean scalarLeft,
      NameRemoval names) {
    this.run = run;
    this.expr = expr;
    this.vector = vector;
    this.scalar = scalar;
    this.scalarLeft = scalarLeft;
    this.names = names;
    this.drops = expr.bool() || Arithmetic.changesMetric(expr.op());
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = vector.at(timeMs);
    double number = scalar.at(timeMs);
    BinaryOp op = expr.op();
    out.clear();
    if (Arithmetic.isTrim(op)) {
      if (!in.isEmpty()) {
        run.notes().inform(Arithmetic.incompatible(op), expr.span());
      }
      return out;
    }
    for (int i = 0; i < in.size(); i++) {
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
    if (drops) {
      names.finish(out);
    }
    return out;
  }
}
