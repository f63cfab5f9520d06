package dev.tocsin.engine.incremental;

/// The time of the evaluation in Unix seconds.
///
/// @param whole without the part of a second, as `hour()` takes it
record TimeNode(boolean whole, Bounds bounds) implements Node {
  static TimeNode of(boolean whole) {
    return new TimeNode(whole, new Bounds().resized(1));
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    return Shape.SINGLE;
  }

  @Override
  public Bounds at(Look look) {
    double from = seconds(look.fromMs);
    if (look.isMoment()) {
      bounds.point(0, Bounds.PRESENT, from);
    } else {
      bounds.between(0, Bounds.PRESENT, from, seconds(look.toMs), false);
    }
    return bounds;
  }

  private double seconds(long timeMs) {
    if (whole) {
      long seconds = timeMs / 1000;
      return (double) seconds;
    }
    return (double) timeMs / 1000;
  }
}
