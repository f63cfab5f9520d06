package dev.tocsin.bench.remotewrite;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.List;

/// Bodies of remote write 1.0, one time series for each sample. Source: prometheus.io/docs/specs.
public final class WriteRequest {
  private WriteRequest() {}

  /// The protobuf message without compression.
  public static byte[] message(List<TimedSample> samples) {
    ProtobufWriter request = new ProtobufWriter();
    for (TimedSample sample : samples) {
      ProtobufWriter series = labels(sample.series());
      FloatHistogram histogram = sample.histogram();
      if (histogram == null) {
        series.message(
            2, new ProtobufWriter().float64(1, sample.value()).int64(2, sample.timeMs()));
      } else {
        series.message(4, HistogramMessage.of(histogram, sample.timeMs()));
      }
      request.message(1, series);
    }
    return request.toBytes();
  }

  /// A body with many samples of each series: `values[i]` of series `i`, from `startMs` on, one
  /// every `stepMs`.
  public static byte[] body(List<Labels> series, List<double[]> values, long startMs, long stepMs) {
    ProtobufWriter request = new ProtobufWriter();
    for (int i = 0; i < series.size(); i++) {
      ProtobufWriter message = labels(series.get(i));
      double[] of = values.get(i);
      for (int at = 0; at < of.length; at++) {
        message.message(2, new ProtobufWriter().float64(1, of[at]).int64(2, startMs + at * stepMs));
      }
      request.message(1, message);
    }
    return Snappy.encode(request.toBytes());
  }

  private static ProtobufWriter labels(Labels labels) {
    ProtobufWriter series = new ProtobufWriter();
    for (int i = 0; i < labels.size(); i++) {
      series.message(1, new ProtobufWriter().string(1, labels.name(i)).string(2, labels.value(i)));
    }
    return series;
  }

  /// What goes over the wire.
  public static byte[] body(List<TimedSample> samples) {
    return Snappy.encode(message(samples));
  }
}
