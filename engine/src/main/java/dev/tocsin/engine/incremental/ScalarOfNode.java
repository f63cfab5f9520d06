package dev.tocsin.engine.incremental;

/// scalar: the value of the only element, NaN where there are none or several.
record ScalarOfNode(Node inner, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    inner.shape(builder);
    return Shape.SINGLE;
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    bounds.resized(1);
    int present = 0;
    int possible = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < in.size; i++) {
      boolean sure = in.presence[i] == Bounds.PRESENT;
      // The only one can only be the one that is there for sure, if there is one.
      if (sure && present == 0) {
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
      }
      present += sure ? 1 : 0;
      possible += in.isThere(i) ? 1 : 0;
      if (in.isThere(i) && (sure || present == 0)) {
        low = Math.min(low, in.lo[i]);
        high = Math.max(high, in.hi[i]);
      }
      if (sure && present == 1) {
        bounds.copy(in, i, 0);
      }
    }
    if (possible == 0 || present > 1) {
      bounds.point(0, Bounds.PRESENT, Double.NaN);
    } else if (present != 1 || possible != 1) {
      bounds.between(0, Bounds.PRESENT, low, high, true);
    }
    return bounds;
  }
}
