package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.DELTA;
import static dev.tocsin.collect.otlp.OtlpBody.field;
import static dev.tocsin.collect.otlp.OtlpBody.fixed;
import static dev.tocsin.collect.otlp.OtlpBody.fixeds;
import static dev.tocsin.collect.otlp.OtlpBody.folded;
import static dev.tocsin.collect.otlp.OtlpBody.join;
import static dev.tocsin.collect.otlp.OtlpBody.metric;
import static dev.tocsin.collect.otlp.OtlpBody.number;
import static dev.tocsin.collect.otlp.OtlpBody.point;
import static dev.tocsin.collect.otlp.OtlpBody.rawPoint;
import static dev.tocsin.collect.otlp.OtlpBody.real;
import static dev.tocsin.collect.otlp.OtlpBody.reals;
import static dev.tocsin.collect.otlp.OtlpBody.request;
import static dev.tocsin.collect.otlp.OtlpBody.resource;
import static dev.tocsin.collect.otlp.OtlpBody.sum;
import static dev.tocsin.collect.otlp.OtlpBody.varints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.world.net.HttpReply;
import org.junit.jupiter.api.Test;

/// What says only what is new is added up.
class OtlpDeltaTest {
  private static final long NOW = OtlpReceiver.NOW_MS;
  private static final byte[] JOB = resource("service.name", "shop");

  private final OtlpReceiver receiver = new OtlpReceiver();

  private HttpReply post(byte[] content) {
    HttpReply reply = receiver.post(content);
    receiver.balanced();
    return reply;
  }

  private static byte[] requests(byte[]... points) {
    return request(JOB, metric("requests", "", sum(DELTA, true, join(points))));
  }

  private void came(String... samples) {
    assertThat(receiver.came).containsExactly(samples);
  }

  @Test
  void countsAreAddedUp() {
    post(requests(point(NOW, 3, "a", "1"), point(NOW, 10, "a", "2")));
    post(requests(point(NOW + 1, 4, "a", "1"), point(NOW + 2, 5, "a", "1")));
    came(
        "requests_total{a=\"1\", job=\"shop\"} 3.0 @ 0",
        "requests_total{a=\"2\", job=\"shop\"} 10.0 @ 0",
        "requests_total{a=\"1\", job=\"shop\"} 7.0 @ 1",
        "requests_total{a=\"1\", job=\"shop\"} 12.0 @ 2");
  }

  @Test
  void whatIsSentAgainIsNotAddedAgain() {
    post(requests(point(NOW, 3)));
    assertThat(OtlpReceiver.said(post(requests(point(NOW, 3))))).isEmpty();
    post(requests(point(NOW + 1, 4)));
    came("requests_total{job=\"shop\"} 3.0 @ 0", "requests_total{job=\"shop\"} 7.0 @ 1");
  }

  @Test
  void anOlderDeltaIsRejected() {
    post(requests(point(NOW + 5, 3)));
    assertThat(OtlpReceiver.said(post(requests(point(NOW, 4))))).contains("out_of_order");
    post(requests(point(NOW + 6, 5)));
    came("requests_total{job=\"shop\"} 3.0 @ 5", "requests_total{job=\"shop\"} 8.0 @ 6");
  }

  @Test
  void aBrokenRequestAddsNothing() {
    post(requests(point(NOW, 3)));
    byte[] broken = join(requests(point(NOW + 1, 100)), new byte[] {0x0a, 5});
    assertThat(post(broken).status()).isEqualTo(400);
    post(requests(point(NOW + 1, 4)));
    came("requests_total{job=\"shop\"} 3.0 @ 0", "requests_total{job=\"shop\"} 7.0 @ 1");
  }

  @Test
  void aRequestWithoutRoomAddsNothing() {
    OtlpDecoder decoder = decoder();
    write(decoder, requests(point(NOW, 3)));
    receiver.stop();
    OtlpResult result = write(decoder, gauge(0));
    for (int i = 1; !(result instanceof OtlpResult.Busy); i++) {
      assertThat(i).isLessThan(1000);
      result = write(decoder, gauge(i));
    }
    assertThat(write(decoder, requests(point(NOW + 1, 100)))).isInstanceOf(OtlpResult.Busy.class);
    receiver.goOn();
    write(decoder, requests(point(NOW + 1, 4)));
    assertThat(receiver.came.getLast()).isEqualTo("requests_total{job=\"shop\"} 7.0 @ 1");
  }

  private OtlpDecoder decoder() {
    return new OtlpDecoder(
        receiver.intake, Tenant.DEFAULT, OtlpOptions.DEFAULT, new DeltaTotals(), 30_000);
  }

  /// The series are known still, the totals are not.
  @Test
  void afterARestartTotalsBeginFromNothing() {
    OtlpDecoder before = decoder();
    write(before, requests(point(NOW, 3)));
    write(before, requests(point(NOW + 1, 4)));
    OtlpDecoder after = decoder();
    // Sent again since it was not answered: it is there, and must not be counted twice.
    OtlpResult again = write(after, requests(point(NOW + 1, 4)));
    assertThat(((OtlpResult.Written) again).reasons()).contains("duplicate_value");
    write(after, requests(point(NOW + 2, 5)));
    came(
        "requests_total{job=\"shop\"} 3.0 @ 0",
        "requests_total{job=\"shop\"} 7.0 @ 1",
        "requests_total{job=\"shop\"} 5.0 @ 2");
  }

  private static byte[] gauge(int i) {
    return request(JOB, metric("m", "", OtlpBody.gauge(point(NOW + i, 1))));
  }

  private static OtlpResult write(OtlpDecoder decoder, byte[] content) {
    return decoder.write(content, 0, content.length, 1);
  }

  @Test
  void aRefusedSampleIsTakenBack() {
    post(requests(point(NOW, 3)));
    long far = NOW + 3_600_000;
    assertThat(OtlpReceiver.said(post(requests(point(far, 100))))).contains("too_far_ahead");
    post(requests(point(NOW + 1, 4)));
    came("requests_total{job=\"shop\"} 3.0 @ 0", "requests_total{job=\"shop\"} 7.0 @ 1");
  }

  @Test
  void whatMayFallIsRejected() {
    byte[] body = request(JOB, metric("open", "", sum(DELTA, false, point(NOW, 3))));
    assertThat(OtlpReceiver.said(post(body)))
        .contains("invalid_temporality", "not monotonic", "cumulative");
    came();
  }

  @Test
  void histogramsAreAddedUp() {
    for (int i = 0; i < 2; i++) {
      byte[] point =
          rawPoint(NOW + i, fixed(4, 6), real(5, 12.5), fixeds(6, 1, 2, 3), reals(7, 1, 5));
      byte[] data = field(9, point, number(2, DELTA));
      post(request(JOB, metric("h", "s", data)));
    }
    assertThat(receiver.came.subList(5, 10))
        .containsExactly(
            "h_seconds_sum{job=\"shop\"} 25.0 @ 1",
            "h_seconds_count{job=\"shop\"} 12.0 @ 1",
            "h_seconds_bucket{job=\"shop\", le=\"1\"} 2.0 @ 1",
            "h_seconds_bucket{job=\"shop\", le=\"5\"} 6.0 @ 1",
            "h_seconds_bucket{job=\"shop\", le=\"+Inf\"} 12.0 @ 1");
  }

  private static byte[] exponential(long timeMs, int scale, int offset, long... counts) {
    long all = 1;
    for (long count : counts) {
      all += count;
    }
    byte[] point =
        rawPoint(
            timeMs,
            fixed(4, all),
            real(5, 10),
            folded(6, scale),
            fixed(7, 1),
            field(8, folded(1, offset), varints(2, counts)));
    return request(JOB, metric("e", "", field(10, point, number(2, DELTA))));
  }

  @Test
  void exponentialHistogramsAreAddedUpInTheCoarserScale() {
    post(exponential(NOW, 2, 0, 1, 2, 3, 4));
    assertThat(post(exponential(NOW, 2, 0, 1, 2, 3, 4)).status()).isEqualTo(200);
    post(exponential(NOW + 1, 1, 0, 10, 20, 30));
    post(exponential(NOW + 2, 2, 4, 5, 6));
    assertThat(receiver.histograms).hasSize(3);
    FloatHistogram last = receiver.histograms.getLast();
    assertThat(last.schema()).isEqualTo(1);
    assertThat(last.count()).isEqualTo(11 + 61 + 12);
    assertThat(last.zeroCount()).isEqualTo(3);
    assertThat(last.sum()).isEqualTo(30);
    // Buckets 0 and 1 of the finer scale are bucket 0 of the coarser one, and so on.
    assertThat(last.buckets().stream().map(bucket -> bucket.count()))
        .containsExactly(3.0, 3.0 + 10, 7.0 + 20, 30.0 + 11);
  }
}
