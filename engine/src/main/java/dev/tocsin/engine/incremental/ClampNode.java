package dev.tocsin.engine.incremental;

import dev.tocsin.promql.eval.number.GoMath;

/// clamp, clamp_min and clamp_max. Monotone in all three; nothing where the maximum is below the
/// minimum.
record ClampNode(Node inner, Node min, Node max, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape shape = inner.shape(builder);
    min.shape(builder);
    max.shape(builder);
    return builder.unnamed(shape);
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    Bounds low = min.at(look);
    Bounds high = max.at(look);
    bounds.resized(in.size);
    boolean exact = low.isExact(0) && high.isExact(0);
    boolean never = high.hi[0] < low.lo[0] && !high.nan[0] && !low.nan[0];
    boolean always = high.isNan(0) || low.isNan(0) || high.lo[0] >= low.hi[0];
    // An infinite limit beats NaN, so that NaN may become a number.
    boolean beatsNan = low.hi[0] == Double.POSITIVE_INFINITY || high.lo[0] == Double.NEGATIVE_INFINITY;
    for (int i = 0; i < in.size; i++) {
      if (!in.isThere(i) || never) {
        bounds.absent(i);
        continue;
      }
      byte there = always ? in.presence[i] : Bounds.least(in.presence[i], Bounds.MAYBE);
      if (exact && in.isExact(i)) {
        bounds.point(i, there, clamped(in.value(i), low.value(0), high.value(0)));
      } else if (low.nan[0] || high.nan[0] || (in.nan[i] && beatsNan)) {
        bounds.anything(i, there);
      } else {
        double a = clamped(in.lo[i], low.lo[0], high.lo[0]);
        double b = clamped(in.hi[i], low.hi[0], high.hi[0]);
        bounds.between(i, there, in.isNan(i) ? in.lo[i] : a, in.isNan(i) ? in.hi[i] : b, in.nan[i]);
      }
    }
    return bounds;
  }

  private static double clamped(double value, double low, double high) {
    return GoMath.max(low, GoMath.min(high, value));
  }
}
