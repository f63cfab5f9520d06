package dev.tocsin.system.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What exports of the SDK should become, worked out from the SDK's own data in the plainest way:
/// for each series its samples. Deltas are added up.
final class ExpectedSamples {
  private final AnswerSamples samples = new AnswerSamples();
  private final Map<Map<String, String>, Double> totals = new HashMap<>();
  private final Map<Map<String, String>, PlainHistogram> together = new HashMap<>();
  private final Map<String, String> names;
  private final Map<String, String> ofAll;

  /// @param names of metrics, by what they are called in the SDK
  /// @param ofAll labels that every series has
  ExpectedSamples(Map<String, String> names, Map<String, String> ofAll) {
    this.names = names;
    this.ofAll = ofAll;
  }

  AnswerSamples samples() {
    return samples;
  }

  void add(MetricData metric) {
    String name = names.get(metric.getName());
    if (name == null) {
      throw new IllegalArgumentException("nobody expects " + metric.getName());
    }
    switch (metric.getType()) {
      case LONG_GAUGE -> metric.getLongGaugeData().getPoints().forEach(p -> number(name, p, false));
      case DOUBLE_GAUGE ->
          metric.getDoubleGaugeData().getPoints().forEach(p -> number(name, p, false));
      case LONG_SUM -> {
        boolean delta = isDelta(metric.getLongSumData().getAggregationTemporality());
        metric.getLongSumData().getPoints().forEach(p -> number(name, p, delta));
      }
      case DOUBLE_SUM -> {
        boolean delta = isDelta(metric.getDoubleSumData().getAggregationTemporality());
        metric.getDoubleSumData().getPoints().forEach(p -> number(name, p, delta));
      }
      case HISTOGRAM -> {
        boolean delta = isDelta(metric.getHistogramData().getAggregationTemporality());
        metric.getHistogramData().getPoints().forEach(p -> histogram(name, p, delta));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        boolean delta = isDelta(metric.getExponentialHistogramData().getAggregationTemporality());
        metric.getExponentialHistogramData().getPoints().forEach(p -> exponential(name, p, delta));
      }
      case SUMMARY -> throw new IllegalArgumentException("the SDK makes no summaries");
    }
  }

  private static boolean isDelta(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.DELTA;
  }

  private void number(String name, PointData point, boolean delta) {
    double value =
        switch (point) {
          case LongPointData whole -> whole.getValue();
          case DoublePointData real -> real.getValue();
          default -> throw new IllegalArgumentException(point.toString());
        };
    add(labels(name, point.getAttributes()), point, value, delta);
  }

  private void histogram(String name, HistogramPointData point, boolean delta) {
    add(labels(name + "_sum", point.getAttributes()), point, point.getSum(), delta);
    add(labels(name + "_count", point.getAttributes()), point, (double) point.getCount(), delta);
    double upTo = 0;
    for (int i = 0; i < point.getCounts().size(); i++) {
      upTo += point.getCounts().get(i);
      Map<String, String> labels = labels(name + "_bucket", point.getAttributes());
      boolean isLast = i == point.getBoundaries().size();
      labels.put("le", isLast ? "+Inf" : plain(point.getBoundaries().get(i)));
      add(labels, point, upTo, delta);
    }
  }

  /// Of bounds that are whole, or have few digits.
  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  private void add(Map<String, String> labels, PointData point, double value, boolean delta) {
    double all = delta ? totals.merge(labels, value, Double::sum) : value;
    samples.add(labels, timeMs(point), all);
  }

  private void exponential(String name, ExponentialHistogramPointData point, boolean delta) {
    Map<String, String> labels = labels(name, point.getAttributes());
    PlainHistogram its = PlainHistogram.of(point);
    PlainHistogram all = delta ? together.merge(labels, its, PlainHistogram::plus) : its;
    samples.add(labels, timeMs(point), all);
  }

  private static long timeMs(PointData point) {
    return point.getEpochNanos() / 1_000_000;
  }

  private Map<String, String> labels(String name, Attributes attributes) {
    Map<String, String> labels = new TreeMap<>(ofAll);
    labels.put("__name__", name);
    attributes.forEach((key, value) -> labels.put(key.getKey().replace('.', '_'), value + ""));
    return labels;
  }
}
