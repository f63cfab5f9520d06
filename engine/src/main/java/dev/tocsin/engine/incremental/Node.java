package dev.tocsin.engine.incremental;

/// A piece of a condition. One object serves all partitions of a rule, one after the other, on the
/// engine's thread; what differs between partitions is in the [Topology] and the windows.
interface Node {
  /// Which elements it can have in this partition, and what of their labels matters later.
  Shape shape(ShapeBuilder builder);

  /// What is proven of these elements for the times of the look. Valid until the next call.
  Bounds at(Look look);
}
