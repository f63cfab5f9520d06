package dev.tocsin.bench.remotewrite;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Bodies of remote write 2.0, one time series for each sample. Source: prometheus.io/docs/specs.
public final class WriteRequestV2 {
  public static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request",
          "Content-Encoding", "snappy",
          "X-Prometheus-Remote-Write-Version", "2.0.0",
          "User-Agent", "tocsin-bench");

  /// Texts in the order of their references.
  private final Map<String, Integer> symbols = new LinkedHashMap<>();

  private WriteRequestV2() {
    int _ = symbol("");
  }

  /// What goes over the wire.
  public static byte[] body(List<TimedSample> samples) {
    return Snappy.encode(message(samples));
  }

  /// The protobuf message without compression.
  static byte[] message(List<TimedSample> samples) {
    return new WriteRequestV2().of(samples);
  }

  private byte[] of(List<TimedSample> samples) {
    List<ProtobufWriter> all = samples.stream().map(this::series).toList();
    ProtobufWriter request = new ProtobufWriter();
    symbols.keySet().forEach(text -> request.string(4, text));
    all.forEach(series -> request.message(5, series));
    return request.toBytes();
  }

  private ProtobufWriter series(TimedSample sample) {
    Labels labels = sample.series();
    int[] references = new int[2 * labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      references[2 * i] = symbol(labels.name(i));
      references[2 * i + 1] = symbol(labels.value(i));
    }
    ProtobufWriter series = new ProtobufWriter().packedInts(1, references);
    FloatHistogram histogram = sample.histogram();
    return histogram == null
        ? series.message(
            2, new ProtobufWriter().float64(1, sample.value()).int64(2, sample.timeMs()))
        : series.message(3, HistogramMessage.of(histogram, sample.timeMs()));
  }

  private int symbol(String text) {
    Integer known = symbols.putIfAbsent(text, symbols.size());
    return known == null ? symbols.size() - 1 : known;
  }
}
