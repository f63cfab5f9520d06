package dev.tocsin.engine.incremental;

/// timestamp of anything but a selector: the time of the evaluation, for each element.
record StampNode(Node inner, TimeNode time, Bounds bounds) implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    return builder.unnamed(inner.shape(builder));
  }

  @Override
  public Bounds at(Look look) {
    Bounds in = inner.at(look);
    Bounds now = time.at(look);
    bounds.resized(in.size);
    for (int i = 0; i < in.size; i++) {
      bounds.copy(now, 0, i);
      bounds.presence[i] = in.presence[i];
    }
    return bounds;
  }
}
