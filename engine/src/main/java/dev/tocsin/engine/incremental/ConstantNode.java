package dev.tocsin.engine.incremental;

/// A number as written.
record ConstantNode(Bounds bounds) implements Node {
  static ConstantNode of(double value) {
    Bounds bounds = new Bounds().resized(1);
    bounds.point(0, Bounds.PRESENT, value);
    return new ConstantNode(bounds);
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    return Shape.SINGLE;
  }

  @Override
  public Bounds at(Look look) {
    return bounds;
  }
}
