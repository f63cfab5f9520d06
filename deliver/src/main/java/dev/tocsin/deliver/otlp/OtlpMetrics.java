package dev.tocsin.deliver.otlp;

import dev.tocsin.deliver.send.SampleBatch;
import dev.tocsin.deliver.send.SampleFormat;
import dev.tocsin.deliver.wire.ProtoWriter;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// OTLP metrics in protobuf, compressed by gzip. `job` and `instance` become the resource, all
/// other labels attributes. A stale marker is a point without a value.
///
/// `ExportMetricsServiceRequest{1: ResourceMetrics{1: Resource{1: KeyValue}, 2: ScopeMetrics{2:
/// Metric{1: name, 5: Gauge{1: point}, 7: Sum{1: point, 2: temporality, 3: monotonic}, 9:
/// Histogram, 10: ExponentialHistogram{1: point, 2: temporality}}}}}`. Source: opentelemetry-proto.
public final class OtlpMetrics implements SampleFormat {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf",
          "Content-Encoding", "gzip",
          "User-Agent", "Tocsin");

  /// In the flags of a point: it has no value.
  private static final int NO_VALUE = 1;

  private static final int POINT_BYTES = 256;

  private record Resource(String job, String instance) {}

  private record Metric(String name, MetricShape shape) {}

  private final Map<Resource, Map<Metric, ProtoWriter>> groups = new LinkedHashMap<>();
  private final ProtoWriter point = new ProtoWriter();
  private final ProtoWriter part = new ProtoWriter();
  private final ProtoWriter inner = new ProtoWriter();
  private int pointBytes;
  private int unwritable;

  @Override
  public Body body(SampleBatch batch) {
    groups.clear();
    pointBytes = 0;
    unwritable = 0;
    int count = 0;
    int histograms = 0;
    while (count < batch.count() && pointBytes < BODY_BYTES) {
      Labels labels = batch.names().labels(batch.series(count));
      EncodedHistogram histogram = batch.histogram(count);
      if (histogram == null) {
        number(labels, batch.timeMs(count), batch.value(count));
      } else {
        histograms += histogram(labels, batch.timeMs(count), histogram.decode()) ? 1 : 0;
      }
      count++;
    }
    byte[] body = compressed(request());
    groups.clear();
    return new Body(body, count, histograms, unwritable);
  }

  private void number(Labels labels, long timeMs, double value) {
    point.clear();
    time(3, timeMs);
    if (StaleMarker.is(value)) {
      point.number(8, NO_VALUE);
    } else {
      point.tag(4, ProtoWriter.FIXED64).fixed64(Double.doubleToRawLongBits(value));
    }
    attributes(labels, 7);
    add(labels, MetricShape.of(labels.metricName()));
  }

  /// False where it cannot be written.
  private boolean histogram(Labels labels, long timeMs, FloatHistogram histogram) {
    if (!HistogramPoint.canWrite(histogram)) {
      unwritable++;
      return false;
    }
    MetricShape shape = HistogramPoint.shape(histogram);
    point.clear();
    time(3, timeMs);
    if (histogram.isStaleMarker()) {
      point.number(10, NO_VALUE);
    } else {
      HistogramPoint.write(point, histogram);
    }
    attributes(labels, shape == MetricShape.HISTOGRAM ? 9 : 1);
    add(labels, shape);
    return true;
  }

  private void time(int field, long timeMs) {
    point.tag(field, ProtoWriter.FIXED64).fixed64(timeMs * 1_000_000);
  }

  private void attributes(Labels labels, int field) {
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      if (!name.equals(Labels.METRIC_NAME) && !name.equals("job") && !name.equals("instance")) {
        attribute(point, field, name, labels.value(i));
      }
    }
  }

  /// `KeyValue{1: key, 2: AnyValue{1: string}}`.
  private void attribute(ProtoWriter out, int field, String name, String value) {
    inner.clear();
    inner.bytes(1, value.getBytes(StandardCharsets.UTF_8));
    part.clear();
    part.bytes(1, name.getBytes(StandardCharsets.UTF_8)).message(2, inner);
    out.message(field, part);
  }

  private void add(Labels labels, MetricShape shape) {
    Resource resource = new Resource(labels.get("job"), labels.get("instance"));
    ProtoWriter points =
        groups
            .computeIfAbsent(resource, _ -> new LinkedHashMap<>())
            .computeIfAbsent(
                new Metric(labels.metricName(), shape), _ -> new ProtoWriter(POINT_BYTES));
    points.message(1, point);
    pointBytes += point.size();
  }

  private ProtoWriter request() {
    ProtoWriter request = new ProtoWriter();
    groups.forEach(
        (resource, metrics) -> {
          ProtoWriter all = new ProtoWriter();
          ProtoWriter who = new ProtoWriter(POINT_BYTES);
          if (!resource.job.isEmpty()) {
            attribute(who, 1, "service.name", resource.job);
          }
          if (!resource.instance.isEmpty()) {
            attribute(who, 1, "service.instance.id", resource.instance);
          }
          all.message(1, who);
          ProtoWriter scope = new ProtoWriter();
          metrics.forEach((metric, points) -> metric(scope, metric, points));
          all.message(2, scope);
          request.message(1, all);
        });
    return request;
  }

  private static void metric(ProtoWriter scope, Metric metric, ProtoWriter points) {
    if (metric.shape.isCumulative()) {
      points.number(2, MetricShape.CUMULATIVE);
    }
    if (metric.shape == MetricShape.SUM) {
      points.number(3, 1);
    }
    ProtoWriter message = new ProtoWriter(POINT_BYTES);
    message.bytes(1, metric.name.getBytes(StandardCharsets.UTF_8));
    message.message(metric.shape.field(), points);
    scope.message(2, message);
  }

  private static byte[] compressed(ProtoWriter request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024 + request.size() / 8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(request.array(), 0, request.size());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  /// `ExportMetricsServiceResponse{1: partial success{1: int64 rejected points, 2: text}}`.
  @Override
  public Unwritten unwritten(Body body, Map<String, String> answered, byte[] content) {
    return PartialSuccess.read(content);
  }
}
