package dev.tocsin.engine.incremental;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.store.Samples;

/// An instant selector: the newest sample of each member. Where no sample is to come into view, the
/// store's last time and value are all it looks at.
///
/// @param lookbackMs how old a sample may be
/// @param times the time of the sample in Unix seconds (`timestamp`) instead of its value
record SelectorNode(int leaf, long offsetMs, long lookbackMs, boolean times, Bounds bounds)
    implements Node {
  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape shape = new Shape(builder.members(leaf), true);
    return times ? builder.unnamed(shape) : shape;
  }

  @Override
  public Bounds at(Look look) {
    bounds.resized(look.members(leaf));
    for (int member = 0; member < bounds.size; member++) {
      if (look.windows.hasHistograms(leaf, member)) {
        look.unproven = true;
        bounds.absent(member);
        continue;
      }
      long lastMs = look.windows.lastTimeMs(leaf, member);
      if (lastMs <= look.fromMs - offsetMs - lookbackMs) {
        bounds.absent(member); // has been too old for long, or there is none
      } else if (lastMs <= look.fromMs - offsetMs) {
        newest(look, member, lastMs, look.windows.lastValue(leaf, member));
      } else {
        several(look, member);
      }
    }
    return bounds;
  }

  /// The sample is in view, and the last.
  private void newest(Look look, int member, long timeMs, double value) {
    if (StaleMarker.is(value)) {
      bounds.absent(member);
      return;
    }
    look.changesAt(timeMs + offsetMs + lookbackMs);
    boolean stays = timeMs > look.toMs - offsetMs - lookbackMs;
    bounds.point(member, stays ? Bounds.PRESENT : Bounds.MAYBE, times ? seconds(timeMs) : value);
  }

  /// There are samples after the time looked at.
  private void several(Look look, int member) {
    long nowMs = look.fromMs - offsetMs;
    long endMs = look.toMs - offsetMs;
    Samples samples = look.windows.lend(leaf, member, nowMs - lookbackMs + 1, endMs);
    long[] taken = samples.timesMs();
    double[] values = samples.values();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean nan = false;
    boolean gap = samples.count() == 0 || taken[samples.from()] > nowMs;
    boolean any = false;
    int first = samples.from();
    while (first + 1 < samples.to() && taken[first + 1] <= nowMs) {
      first++;
    }
    for (int i = first; i < samples.to(); i++) {
      look.changesAt(taken[i] + offsetMs);
      long untilMs = i + 1 < samples.to() ? taken[i + 1] - 1 : endMs;
      boolean marker = StaleMarker.is(values[i]);
      gap |= marker || taken[i] <= untilMs - lookbackMs;
      if (!marker) {
        look.changesAt(taken[i] + offsetMs + lookbackMs);
        double value = times ? seconds(taken[i]) : values[i];
        any = true;
        nan |= Double.isNaN(value);
        low = Double.isNaN(value) ? low : Math.min(low, value);
        high = Double.isNaN(value) ? high : Math.max(high, value);
      }
    }
    if (any) {
      bounds.between(member, gap ? Bounds.MAYBE : Bounds.PRESENT, low, high, nan);
    } else {
      bounds.absent(member);
    }
  }

  private static double seconds(long timeMs) {
    return (double) timeMs / 1000;
  }
}
