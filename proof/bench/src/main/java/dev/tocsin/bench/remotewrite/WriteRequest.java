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
      ProtobufWriter series = new ProtobufWriter();
      Labels labels = sample.series();
      for (int i = 0; i < labels.size(); i++) {
        series.message(
            1, new ProtobufWriter().string(1, labels.name(i)).string(2, labels.value(i)));
      }
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

  /// What goes over the wire.
  public static byte[] body(List<TimedSample> samples) {
    return Snappy.encode(message(samples));
  }
}
