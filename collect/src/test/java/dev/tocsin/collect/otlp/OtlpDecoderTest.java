package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.CUMULATIVE;
import static dev.tocsin.collect.otlp.OtlpBody.attributes;
import static dev.tocsin.collect.otlp.OtlpBody.field;
import static dev.tocsin.collect.otlp.OtlpBody.fixed;
import static dev.tocsin.collect.otlp.OtlpBody.fixeds;
import static dev.tocsin.collect.otlp.OtlpBody.histogram;
import static dev.tocsin.collect.otlp.OtlpBody.metric;
import static dev.tocsin.collect.otlp.OtlpBody.point;
import static dev.tocsin.collect.otlp.OtlpBody.rawPoint;
import static dev.tocsin.collect.otlp.OtlpBody.reals;
import static dev.tocsin.collect.otlp.OtlpBody.request;
import static dev.tocsin.collect.otlp.OtlpBody.resource;
import static dev.tocsin.collect.otlp.OtlpBody.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.tenant.Tenant;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class OtlpDecoderTest {
  private static final int POINTS = 400;

  /// Numbers, and as many histograms of five samples.
  private static final int SAMPLES = 6 * POINTS + 1;

  private final OtlpReceiver receiver = new OtlpReceiver();
  private final OtlpDecoder decoder =
      new OtlpDecoder(
          receiver.intake, Tenant.DEFAULT, OtlpOptions.DEFAULT, new DeltaTotals(), 30_000);

  private static byte[] content(int round) {
    long timeMs = OtlpReceiver.NOW_MS + round;
    byte[][] numbers = new byte[POINTS][];
    byte[][] histograms = new byte[POINTS][];
    for (int i = 0; i < POINTS; i++) {
      numbers[i] = point(timeMs, round, "http.route", "/a/" + i, "http.method", "GET");
      histograms[i] =
          rawPoint(
              timeMs,
              fixed(4, 3),
              fixed(5, 0),
              fixeds(6, 1, 1, 1),
              reals(7, 0.25, 2.5),
              attributes(9, "http.route", "/a/" + i));
    }
    return request(
        resource("service.name", "shop", "host.name", "h"),
        metric("http.server.requests", "", sum(CUMULATIVE, true, numbers)),
        metric("http.server.duration", "s", histogram(histograms)));
  }

  @Test
  void aKnownSenderCostsNoObjectPerSample() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      byte[] content = content(round);
      receiver.stop();
      long before = threads.getCurrentThreadAllocatedBytes();
      OtlpResult result = decoder.write(content, 0, content.length, 1);
      long after = threads.getCurrentThreadAllocatedBytes();
      assertThat(result).isInstanceOf(OtlpResult.Written.class);
      allocated = Math.min(allocated, after - before);
      receiver.goOn();
      assertThat(receiver.came).hasSize(SAMPLES);
      receiver.came.clear();
    }
    // A bound that is no integer makes one text.
    assertThat(allocated).as("bytes a request of %d samples", SAMPLES).isLessThan(8 * SAMPLES);
  }

  @Test
  void targetInfoIsAsDenseAsQueriesNeed() {
    assertThat(TargetInfo.count(5, 5)).isEqualTo(1);
    assertThat(TargetInfo.count(0, 1)).isEqualTo(2);
    assertThat(TargetInfo.count(0, TargetInfo.INTERVAL_MS)).isEqualTo(2);
    assertThat(TargetInfo.count(0, TargetInfo.INTERVAL_MS + 1)).isEqualTo(3);
    assertThat(TargetInfo.timeMs(0, TargetInfo.INTERVAL_MS + 1, 2))
        .isEqualTo(TargetInfo.INTERVAL_MS + 1);
    long first = TargetInfo.firstMs(Long.MIN_VALUE / 1_000_000, OtlpReceiver.NOW_MS);
    assertThat(TargetInfo.count(first, OtlpReceiver.NOW_MS)).isEqualTo(TargetInfo.SAMPLES_MAX);
  }

  @Test
  void emptyMessagesAreFine() {
    byte[] body = field(1, field(2, field(2, new byte[0])));
    assertThat(decoder.write(body, 0, body.length, 1))
        .isEqualTo(new OtlpResult.Written(0, 0, 0, ""));
  }
}
