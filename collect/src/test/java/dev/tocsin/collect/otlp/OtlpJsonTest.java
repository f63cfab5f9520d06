package dev.tocsin.collect.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpJsonTest {
  private static final String NANOS = OtlpReceiver.NOW_MS + "000000";
  private static final String ALL_KINDS =
      """
      {"resourceMetrics": [{
        "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
        "scopeMetrics": [{"scope": {"name": "lib\\u00e9", "version": "1"}, "metrics": [
          {"name": "g", "unit": "s", "gauge": {"dataPoints": [
            {"asDouble": 1.5, "timeUnixNano": "NANOS", "exemplars": [{"asInt": "1"}],
             "attributes": [{"key": "list", "value": {"arrayValue": {"values": [
               {"boolValue": true}, {"bytesValue": "AQI="}]}}}]}]}},
          {"name": "c", "sum": {"aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [
            {"asInt": "-3", "timeUnixNano": NANOS}]}},
          {"name": "h", "histogram": {"dataPoints": [
            {"count": "3", "sum": 2, "bucketCounts": ["1", 2], "explicitBounds": [0.5],
             "timeUnixNano": "NANOS"}], "aggregationTemporality": 2}},
          {"name": "e", "exponentialHistogram": {"aggregationTemporality": 2, "dataPoints": [
            {"count": 3, "scale": -1, "zeroCount": 1, "timeUnixNano": "NANOS",
             "positive": {"offset": -2, "bucketCounts": [2]}}]}},
          {"name": "s", "summary": {"dataPoints": [
            {"count": 1, "timeUnixNano": "NANOS", "quantileValues": [
              {"quantile": 0.5, "value": "NaN"}]}]}}
        ]}]}]}
      """
          .replace("NANOS", NANOS);

  private final OtlpReceiver receiver = new OtlpReceiver();

  private static String gauge(String point) {
    return """
    {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[%s]}}]}]}]}
    """
        .formatted(point);
  }

  @Test
  void allKindsOfPointsAreRead() {
    HttpReply reply = receiver.json(ALL_KINDS);
    assertThat(OtlpReceiver.text(reply)).isEqualTo("{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    String of = "otel_scope_name=\"libé\", otel_scope_version=\"1\"";
    assertThat(receiver.came)
        .containsExactly(
            "g_seconds{job=\"shop\", list=\"[true,\\\"AQI=\\\"]\", " + of + "} 1.5 @ 0",
            "c_total{job=\"shop\", " + of + "} -3.0 @ 0",
            "h_sum{job=\"shop\", " + of + "} 2.0 @ 0",
            "h_count{job=\"shop\", " + of + "} 3.0 @ 0",
            "h_bucket{job=\"shop\", le=\"0.5\", " + of + "} 1.0 @ 0",
            "h_bucket{job=\"shop\", le=\"+Inf\", " + of + "} 3.0 @ 0",
            "e{job=\"shop\", " + of + "} histogram @ 0",
            "s_sum{job=\"shop\", " + of + "} 0.0 @ 0",
            "s_count{job=\"shop\", " + of + "} 1.0 @ 0",
            "s{job=\"shop\", " + of + ", quantile=\"0.5\"} 7ff8000000000000 @ 0");
    assertThat(receiver.histograms.getFirst().toString())
        .isEqualTo("{count:3, sum:0, [-1e-128,1e-128]:1, (0.0625,0.25]:2}");
  }

  @Test
  void answersAreInJsonToo() {
    HttpReply partial =
        receiver.json(
            """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
              {"name":"c","sum":{"aggregationTemporality":1,"dataPoints":[{"asInt":1}]}}]}]}]}
            """);
    assertThat(OtlpReceiver.text(partial))
        .startsWith(
            "{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"1 of 1 data");
    HttpReply broken = receiver.json("{");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(OtlpReceiver.text(broken))
        .isEqualTo("{\"code\":3,\"message\":\"JSON: expected '\\\"' at offset 1\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"asInt\": 12}",
        "{\"asInt\": \"12\", \"unheard\": {\"of\": [1, -2.5e3, null, true, \"\\ud83d\\ude00\"]}}",
        "{\"asInt\": 1.2e1}",
        "{\"asInt\": 12.0, \"exemplars\": null}",
        "{\"asDouble\": 12, \"attributes\": []}",
        "{\"asDouble\": \"12\", \"startTimeUnixNano\": \"x\"}",
      })
  void sayTheSame(String point) {
    String at = "{\"timeUnixNano\": \"" + NANOS + "\", ";
    assertThat(receiver.json(gauge(at + point.substring(1))).status()).isEqualTo(200);
    assertThat(receiver.came).containsExactly("g 12.0 @ 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"asInt\": 1,}",
        "{\"asInt\": 01}",
        "{\"asInt\": 1.5}",
        "{\"asInt\": \"1x\"}",
        "{\"asInt\": \"0x1\"}",
        "{\"asInt\": 18446744073709551616}",
        "{\"asInt\": true}",
        "{\"asDouble\": 1d}",
        "{\"asDouble\": \"1d\"}",
        "{\"asDouble\": 1e999}",
        "{\"asDouble\": NaN}",
        "{\"asDouble\": .5}",
        "{\"asDouble\": 1.}",
        "{\"asInt\": 1, \"asInt\": 2}",
        "{asInt: 1}",
        "{\"attributes\": {}}",
        "{\"attributes\": [{\"key\": 5}]}",
        "{\"attributes\": [{\"key\": \"\\ud800\"}]}",
        "{\"attributes\": [{\"key\": \"\\udc00\\ud800\"}]}",
        "{\"attributes\": [{\"key\": \"\\x\"}]}",
        "{\"attributes\": [{\"key\": \"a\nb\"}]}",
        "{\"attributes\": [{\"key\": \"a\", \"value\": {\"bytesValue\": \"*\"}}]}",
        "{\"attributes\": [{\"key\": \"a\", \"value\": {\"boolValue\": \"true\"}}]}",
        "{\"asInt\": 1} extra",
        "{\"asInt\": 1} {}",
      })
  void areMalformed(String point) {
    HttpReply reply = receiver.json(gauge(point));
    assertThat(reply.status()).as(OtlpReceiver.text(reply)).isEqualTo(400);
    assertThat(receiver.balanced().inFlight()).isZero();
  }

  @Test
  void enumsAreNumbers() {
    String named =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"c","sum":
          {"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE"}}]}]}]}
        """;
    assertThat(receiver.json(named).status()).isEqualTo(400);
  }

  @Test
  void depthIsBounded() {
    String unknown = "{\"a\":".repeat(100_000);
    assertThat(OtlpReceiver.text(receiver.json(unknown))).contains("more than 160 levels");
    String arrays = "{\"a\":" + "[".repeat(100_000);
    assertThat(OtlpReceiver.text(receiver.json(arrays))).contains("more than 160 levels");
    String value = "{\"arrayValue\":{\"values\":[".repeat(33) + "]}}".repeat(33);
    HttpReply reply =
        receiver.json(gauge("{\"attributes\":[{\"key\":\"a\",\"value\":" + value + "}]}"));
    assertThat(OtlpReceiver.text(reply)).contains("more than 32 lists and maps in each other");
  }

  @Test
  void whatJsonBecomesIsBounded() {
    OtlpLimits limits = new OtlpLimits(1 << 20, 1 << 18, 1000, 1);
    OtlpReceiver small = new OtlpReceiver(OtlpOptions.DEFAULT, limits, 64, 100);
    String many = gauge("{},".repeat(100_000) + "{}");
    HttpReply reply = small.json(many);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(OtlpReceiver.text(reply)).contains("larger than 262144 bytes");
  }

  @Test
  void whateverIsChangedNothingBreaks() {
    byte[] good = ALL_KINDS.getBytes(StandardCharsets.UTF_8);
    for (long seed = 0; seed < 10_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] body = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        String with = "{}[]\",:0123456789eE-+.\\untrfals \u00ff";
        body[random.nextInt(body.length)] = (byte) with.charAt(random.nextInt(with.length()));
      }
      OtlpRequest request =
          OtlpRequest.protobuf(body).with("content-type", "application/json; charset=utf-8");
      assertThat(receiver.handle(request).status()).as("seed %d", seed).isIn(200, 400, 413, 429);
      assertThat(receiver.balanced().inFlight()).as("seed %d", seed).isZero();
    }
  }
}
