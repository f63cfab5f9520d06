package dev.tocsin.engine.incremental;

import java.util.function.DoubleUnaryOperator;

/// A function of each value alone.
///
/// @param function the evaluator's
/// @param unnamed false where the element never had a name
record ElementNode(
    Node inner, DoubleUnaryOperator function, Course course, boolean unnamed, Bounds bounds)
    implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape shape = inner.shape(builder);
    return unnamed ? builder.unnamed(shape) : shape;
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    bounds.resized(in.size);
    for (int i = 0; i < in.size; i++) {
      if (in.isExact(i)) {
        bounds.point(i, in.presence[i], function.applyAsDouble(in.value(i)));
      } else {
        course.apply(function, in.lo[i], in.hi[i], in.nan[i], bounds, i, in.presence[i]);
      }
    }
    return bounds;
  }
}
