package dev.tocsin.engine.incremental;

/// What a node is where only its labels change, or nothing at all: vector, sort, label_replace.
/// `vector` of a scalar is the scalar's element.
///
/// @param rule how the labels change
record RenamedNode(Node inner, Rule rule) implements Node {
  /// Makes the labels of the elements.
  @FunctionalInterface
  interface Rule {
    Shape apply(Shape shape, ShapeBuilder builder);
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    return rule.apply(inner.shape(builder), builder);
  }

  @Override
  public Bounds at(Look look) {
    return inner.at(look);
  }
}
