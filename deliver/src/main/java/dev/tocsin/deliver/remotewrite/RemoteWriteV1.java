package dev.tocsin.deliver.remotewrite;

import dev.tocsin.deliver.send.SampleBatch;
import dev.tocsin.deliver.send.SampleFormat;
import dev.tocsin.deliver.wire.ProtoWriter;
import dev.tocsin.deliver.wire.SnappyEncoder;
import dev.tocsin.model.batch.EncodedHistogram;
import java.util.Map;

/// Remote write 1.0: each sample with all the labels of its series. Source: prometheus.io,
/// "Prometheus Remote-Write 1.0 specification", and prompb/remote.proto.
///
/// `WriteRequest{1: TimeSeries{1: Label{1: name, 2: value}, 2: Sample{1: double value, 2: int64
/// time}, 4: Histogram}}`.
public final class RemoteWriteV1 implements SampleFormat {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf",
          "Content-Encoding", "snappy",
          "X-Prometheus-Remote-Write-Version", "0.1.0",
          "User-Agent", "Tocsin");

  private final ProtoWriter out = new ProtoWriter();
  private final ProtoWriter series = new ProtoWriter();
  private final ProtoWriter sample = new ProtoWriter();
  private final HistogramMessage histograms = new HistogramMessage();
  private final SnappyEncoder snappy = new SnappyEncoder();

  @Override
  public Body body(SampleBatch batch) {
    out.clear();
    int count = 0;
    int histogramCount = 0;
    while (count < batch.count() && out.size() < BODY_BYTES) {
      series.clear();
      batch.names().forEachLabel(batch.series(count), this::label);
      EncodedHistogram histogram = batch.histogram(count);
      if (histogram == null) {
        sample.clear();
        sample.real(1, batch.value(count)).number(2, batch.timeMs(count));
        series.message(2, sample);
      } else {
        histograms.write(series, 4, histogram, batch.timeMs(count));
        histogramCount++;
      }
      out.message(1, series);
      count++;
    }
    return new Body(snappy.encode(out.array(), out.size()), count, histogramCount, 0);
  }

  private void label(int label, byte[] name, byte[] value, int from, int to) {
    series.tag(1, ProtoWriter.LENGTH);
    series.varint(ProtoWriter.fieldBytes(name.length) + ProtoWriter.fieldBytes(to - from));
    series.bytes(1, name).bytes(2, value, from, to);
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  /// A success means that all is written.
  @Override
  public Unwritten unwritten(Body body, Map<String, String> answered, byte[] content) {
    return Unwritten.NONE;
  }
}
