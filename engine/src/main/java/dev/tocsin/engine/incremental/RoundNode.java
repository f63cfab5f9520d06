package dev.tocsin.engine.incremental;

import dev.tocsin.promql.eval.number.GoMath;

/// round to the nearest multiple of a number: a staircase that never falls.
record RoundNode(Node inner, Node multiple, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape shape = inner.shape(builder);
    multiple.shape(builder);
    return builder.unnamed(shape);
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    Bounds nearest = multiple.at(look);
    bounds.resized(in.size);
    boolean known = nearest.isExact(0);
    double inverse = known ? 1.0 / nearest.value(0) : Double.NaN;
    boolean rises = inverse > 0 && inverse < Double.POSITIVE_INFINITY;
    for (int i = 0; i < in.size; i++) {
      if (known && in.isExact(i)) {
        bounds.point(i, in.presence[i], GoMath.roundTo(in.value(i), inverse));
      } else if (rises && !in.isNan(i)) {
        double low = GoMath.roundTo(in.lo[i], inverse);
        double high = GoMath.roundTo(in.hi[i], inverse);
        bounds.between(i, in.presence[i], low, high, in.nan[i]);
      } else {
        bounds.anything(i, in.presence[i]);
      }
    }
    return bounds;
  }
}
