package dev.tocsin.deliver.remotewrite;

import dev.tocsin.deliver.send.SampleBatch;
import dev.tocsin.deliver.send.SampleFormat;
import dev.tocsin.deliver.wire.ProtoWriter;
import dev.tocsin.deliver.wire.SnappyEncoder;
import dev.tocsin.model.batch.EncodedHistogram;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Remote write 2.0: texts once for a request, series by their numbers. Source: prometheus.io,
/// "Prometheus Remote-Write 2.0 specification", and prompb/io/prometheus/write/v2/types.proto.
///
/// `Request{4: symbols, 5: TimeSeries{1: packed label references, 2: Sample{1: double value, 2:
/// int64 time}, 3: Histogram, 5: Metadata{1: type}}}`. The type is told where it is known.
public final class RemoteWriteV2 implements SampleFormat {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request",
          "Content-Encoding", "snappy",
          "X-Prometheus-Remote-Write-Version", "2.0.0",
          "User-Agent", "Tocsin");

  private static final String WRITTEN = "x-prometheus-remote-write-%s-written";
  private static final byte[] EMPTY = {};

  private final ProtoWriter out = new ProtoWriter();
  private final ProtoWriter all = new ProtoWriter();
  private final ProtoWriter series = new ProtoWriter();
  private final ProtoWriter part = new ProtoWriter();
  private final HistogramMessage histograms = new HistogramMessage();
  private final SnappyEncoder snappy = new SnappyEncoder();

  /// By the label's number: the references of its name and its value.
  private final Map<Integer, Symbols> byLabel = new HashMap<>();

  private final Map<String, Integer> byText = new HashMap<>();

  private record Symbols(int name, int value) {}

  @Override
  public Body body(SampleBatch batch) {
    out.clear();
    all.clear();
    byLabel.clear();
    byText.clear();
    out.bytes(4, EMPTY); // reference 0 is the empty text
    int count = 0;
    int histogramCount = 0;
    while (count < batch.count() && out.size() + all.size() < BODY_BYTES) {
      series.clear();
      part.clear();
      batch.names().forEachLabel(batch.series(count), this::label);
      series.message(1, part);
      EncodedHistogram histogram = batch.histogram(count);
      if (histogram == null) {
        part.clear();
        part.real(1, batch.value(count)).number(2, batch.timeMs(count));
        series.message(2, part);
      } else {
        histograms.write(series, 3, histogram, batch.timeMs(count));
        histogramCount++;
      }
      all.message(5, series);
      count++;
    }
    out.raw(all.array(), 0, all.size());
    return new Body(snappy.encode(out.array(), out.size()), count, histogramCount, 0);
  }

  private void label(int label, byte[] name, byte[] value, int from, int to) {
    Symbols symbols = byLabel.get(label);
    if (symbols == null) {
      symbols = new Symbols(symbol(name, 0, name.length), symbol(value, from, to));
      byLabel.put(label, symbols);
    }
    part.varint(symbols.name).varint(symbols.value);
  }

  private int symbol(byte[] text, int from, int to) {
    String key = new String(text, from, to - from, StandardCharsets.UTF_8);
    Integer known = byText.get(key);
    if (known != null) {
      return known;
    }
    int reference = byText.size() + 1;
    byText.put(key, reference);
    out.bytes(4, text, from, to);
    return reference;
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  /// A receiver of 2.0 says how much it wrote; one that does not say took the body for something
  /// else.
  @Override
  public Unwritten unwritten(Body body, Map<String, String> answered, byte[] content) {
    int floats = body.samples() - body.histograms();
    String samples = answered.get(WRITTEN.formatted("samples"));
    String histogramsSaid = answered.get(WRITTEN.formatted("histograms"));
    if (samples == null && histogramsSaid == null) {
      return new Unwritten(
          body.samples(),
          "the receiver does not say what it wrote: it may know remote write 1.0 only");
    }
    int left =
        floats
            - written(samples, floats)
            + body.histograms()
            - written(histogramsSaid, body.histograms());
    if (left == 0) {
      return Unwritten.NONE;
    }
    return new Unwritten(left, "the receiver says that it did not write all it was sent");
  }

  private static int written(@org.jspecify.annotations.Nullable String header, int most) {
    if (header == null) {
      return 0;
    }
    try {
      return Math.clamp(Long.parseLong(header.strip()), 0, most);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
