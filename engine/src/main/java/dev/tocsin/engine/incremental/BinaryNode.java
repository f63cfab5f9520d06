package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.BinaryOp;

/// An operator between a vector and a scalar, or between two scalars.
///
/// @param vector where the vector is; [Side#NEITHER]: a comparison gives 0 or 1
record BinaryNode(BinaryOp op, Node left, Node right, Side vector, boolean bool, Bounds bounds)
    implements Node {
  /// A side of the operator.
  enum Side {
    LEFT,
    RIGHT,
    NEITHER
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape lefts = left.shape(builder);
    Shape rights = right.shape(builder);
    return switch (vector) {
      case NEITHER -> Shape.SINGLE;
      case LEFT -> named(lefts, builder);
      case RIGHT -> named(rights, builder);
    };
  }

  private Shape named(Shape shape, ShapeBuilder builder) {
    return op.isComparison() && !bool ? shape : builder.unnamed(shape);
  }

  @Override
  public Bounds at(Look look) {
    Bounds lefts = left.at(look);
    Bounds rights = right.at(look);
    Bounds kept = vector == Side.RIGHT ? rights : lefts;
    bounds.resized(kept.size);
    for (int at = 0; at < kept.size; at++) {
      int i = vector == Side.RIGHT ? 0 : at;
      int j = vector == Side.LEFT ? 0 : at;
      if (!kept.isThere(at)) {
        bounds.absent(at);
      } else if (!op.isComparison()) {
        Intervals.apply(op, lefts, i, rights, j, bounds, at, kept.presence[at]);
      } else {
        int told = Intervals.compare(op, lefts, i, rights, j);
        if (bool || vector == Side.NEITHER) {
          Intervals.truth(told, bounds, at, kept.presence[at]);
        } else {
          bounds.copy(kept, at, at);
          bounds.presence[at] = Intervals.filtered(told, kept.presence[at]);
        }
      }
    }
    return bounds;
  }
}
