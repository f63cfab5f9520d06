package dev.tocsin.engine.incremental;

/// A minus in front.
///
/// @param vector whether of a vector, whose metric names go
record NegationNode(Node inner, boolean vector, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape shape = inner.shape(builder);
    return vector ? builder.unnamed(shape) : shape;
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    bounds.resized(in.size);
    for (int i = 0; i < in.size; i++) {
      if (in.isExact(i)) {
        bounds.point(i, in.presence[i], -in.value(i));
      } else {
        bounds.between(i, in.presence[i], -in.hi[i], -in.lo[i], in.nan[i]);
      }
    }
    return bounds;
  }
}
