package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramQuantile;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A number about each native histogram, as `histogram_count`. Floats are left out.
final class NativeHistogramNode implements VectorNode {
  private static final List<String> NAME = List.of(Labels.METRIC_NAME);

  private final VectorNode inner;
  private final ToDoubleFunction<FloatHistogram> function;
  private final boolean delayed;
  private final NameRemoval names;
  private final LabelMapping withoutName;
  private final Samples out = new Samples();

  NativeHistogramNode(
      Run run, Timeline timeline, VectorNode inner, ToDoubleFunction<FloatHistogram> function) {
    this.inner = inner;
    this.function = function;
    this.delayed = run.options().delayedNameRemoval();
    this.names = new NameRemoval(run, timeline);
    this.withoutName = new LabelMapping(timeline, labels -> labels.without(NAME));
  }

  static ToDoubleFunction<FloatHistogram> function(String name) {
    return switch (name) {
      case "histogram_count" -> FloatHistogram::count;
      case "histogram_sum" -> FloatHistogram::sum;
      case "histogram_avg" -> histogram -> histogram.sum() / histogram.count();
      case "histogram_stddev" -> HistogramQuantile::stddev;
      case "histogram_stdvar" -> HistogramQuantile::stdvar;
      default -> throw new IllegalArgumentException("no function of histograms: " + name);
    };
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      FloatHistogram histogram = in.histogram(i);
      if (histogram != null) {
        // Prometheus keeps type and unit here, other than everywhere else.
        Labels labels = delayed ? in.labels(i) : withoutName.of(in.labels(i));
        out.add(labels, function.applyAsDouble(histogram), true);
      }
    }
    names.finish(out);
    return out;
  }
}
