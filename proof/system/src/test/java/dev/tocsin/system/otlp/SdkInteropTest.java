package dev.tocsin.system.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleUpDownCounter;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The OpenTelemetry SDK's own exporters send to an agent; then the agent is asked for every
/// sample.
class SdkInteropTest {
  private static final int EXPORTS = 6;
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

  private static final Map<String, String> NAMES =
      Map.of(
          "queue.size", "queue_size",
          "http.requests", "http_requests_total",
          "open.files", "open_files",
          "http.latency", "http_latency_seconds",
          "db.latency", "db_latency_milliseconds");

  private static final Map<String, String> OF_ALL =
      Map.of(
          "job", "eu/shop",
          "instance", "shop-7",
          "otel_scope_name", "shop.meter",
          "otel_scope_version", "1.2");

  private static SdkMeterProvider sdk(Recorded exporter) {
    Attributes resource =
        Attributes.builder()
            .put("service.namespace", "eu")
            .put("service.name", "shop")
            .put("service.instance.id", "shop-7")
            .put("host.name", "h1")
            .build();
    return SdkMeterProvider.builder()
        .setResource(Resource.create(resource))
        .registerView(
            InstrumentSelector.builder().setName("db.latency").build(),
            View.builder().setAggregation(Aggregation.base2ExponentialBucketHistogram()).build())
        // What the SDK says of itself.
        .registerView(
            InstrumentSelector.builder().setName("otel.*").build(),
            View.builder().setAggregation(Aggregation.drop()).build())
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build())
        .build();
  }

  /// Records, and exports several times.
  private static void run(SdkMeterProvider sdk) {
    Meter meter = sdk.meterBuilder("shop.meter").setInstrumentationVersion("1.2").build();
    LongGauge size = meter.gaugeBuilder("queue.size").ofLongs().build();
    LongCounter requests = meter.counterBuilder("http.requests").build();
    DoubleUpDownCounter open = meter.upDownCounterBuilder("open.files").ofDoubles().build();
    DoubleHistogram latency = meter.histogramBuilder("http.latency").setUnit("s").build();
    DoubleHistogram database = meter.histogramBuilder("db.latency").setUnit("ms").build();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < EXPORTS; i++) {
      for (String route : List.of("/a", "/b")) {
        Attributes attributes = Attributes.of(ROUTE, route);
        size.set(random.nextLong(100), attributes);
        requests.add(random.nextLong(1, 50), attributes);
        open.add(random.nextInt(-3, 5), attributes);
        for (int k = 0; k < 20; k++) {
          latency.record(random.nextInt(0, 64) / 4.0, attributes);
          // Wider and wider, so that the buckets are made coarser on the way.
          database.record(
              random.nextInt(0, 4) * Math.pow(3, random.nextInt(2 * i + 1)), attributes);
        }
      }
      assertThat(sdk.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySampleComes(SdkExport export, @TempDir Path folder) {
    try (OtlpAgent agent = OtlpAgent.start(folder)) {
      Recorded recorded = new Recorded(export.exporter(agent));
      try (SdkMeterProvider sdk = sdk(recorded)) {
        run(sdk);
        ExpectedSamples expected = new ExpectedSamples(NAMES, OF_ALL);
        for (List<MetricData> metrics : recorded.exports()) {
          metrics.forEach(expected::add);
          info(metrics, expected);
        }
        assertThat(recorded.exports()).hasSize(EXPORTS);
        TocsinAgent running = agent.agent();
        AnswerSamples came =
            AnswerSamples.of(running.query("{__name__=~\".+\", job=\"eu/shop\"}[10m]"));
        assertThat(came.all()).isEqualTo(expected.samples().all());
      }
    }
  }

  /// One sample of `target_info` for each export.
  private static void info(List<MetricData> metrics, ExpectedSamples expected) {
    long timeMs =
        metrics.stream()
            .flatMap(metric -> metric.getData().getPoints().stream())
            .mapToLong(point -> point.getEpochNanos() / 1_000_000)
            .max()
            .orElseThrow();
    Map<String, String> labels = new TreeMap<>();
    labels.put("__name__", "target_info");
    labels.put("job", "eu/shop");
    labels.put("instance", "shop-7");
    labels.put("host_name", "h1");
    expected.samples().add(labels, timeMs, 1);
  }
}
