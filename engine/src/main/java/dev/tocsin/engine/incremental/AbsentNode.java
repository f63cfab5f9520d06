package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// absent and absent_over_time: one element where there is none.
///
/// @param labels of the element
record AbsentNode(Node inner, Labels labels, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    inner.shape(builder);
    return new Shape(List.of(labels), true);
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    byte most = Bounds.ABSENT;
    for (int i = 0; i < in.size; i++) {
      most = in.presence[i] > most ? in.presence[i] : most;
    }
    bounds.resized(1);
    if (most == Bounds.PRESENT) {
      bounds.absent(0);
    } else {
      bounds.point(0, most == Bounds.ABSENT ? Bounds.PRESENT : Bounds.MAYBE, 1);
    }
    return bounds;
  }
}
