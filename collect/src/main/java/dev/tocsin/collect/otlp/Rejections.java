package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.RefusedSamples;
import dev.tocsin.pipeline.accounting.Refusal;
import java.util.BitSet;

/// What of one request is not taken: samples by reason, for the accounts and the text, and the data
/// points they are from, which is what OTLP's answer counts. A point of which one sample is refused
/// is rejected; its other samples are written.
final class Rejections {
  private final RefusedSamples samples = new RefusedSamples();
  private final BitSet points = new BitSet();

  void clear() {
    samples.clear();
    points.clear();
  }

  /// @param point the data point, or -1 for samples nobody sent as such
  void add(int point, Refusal reason, int count) {
    if (point >= 0) {
      samples.add(reason, count);
      if (reason.isError()) {
        points.set(point);
      }
    }
  }

  RefusedSamples samples() {
    return samples;
  }

  int points() {
    return points.cardinality();
  }
}
