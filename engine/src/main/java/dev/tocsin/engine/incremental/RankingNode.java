package dev.tocsin.engine.incremental;

/// topk and bottomk: any element may be taken, as it is. Which ones are is not asked, unless all
/// are.
record RankingNode(Node inner, Node parameter, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    parameter.shape(builder);
    return new Shape(inner.shape(builder).elements(), false);
  }

  @Override
  public Bounds at(Look look) {
    Bounds k = parameter.at(look);
    Bounds in = inner.at(look);
    bounds.resized(in.size);
    double most = k.isExact(0) ? k.value(0) : Double.NaN;
    boolean known = Math.abs(most) < 0x1p62;
    look.unproven |= !known; // it may be an error
    int possible = 0;
    for (int i = 0; i < in.size; i++) {
      possible += in.isThere(i) ? 1 : 0;
    }
    for (int i = 0; i < in.size; i++) {
      bounds.copy(in, i, i);
      if (most < 1) {
        bounds.absent(i);
      } else if (most < possible) {
        bounds.presence[i] = Bounds.least(in.presence[i], Bounds.MAYBE);
      }
    }
    return bounds;
  }
}
