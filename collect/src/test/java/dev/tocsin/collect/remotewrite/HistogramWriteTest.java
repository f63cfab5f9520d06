package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.world.net.HttpReply;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramWriteTest {
  private static final long NOW = Receiver.NOW_MS;

  private final Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 1000);

  private HttpReply post(HistogramBody... histograms) {
    byte[][] fields = new byte[histograms.length + 1][];
    fields[0] = labels("__name__", "h");
    for (int i = 0; i < histograms.length; i++) {
      fields[i + 1] = histograms[i].field();
    }
    return receiver.post(snappy(series(fields)));
  }

  private static Buckets buckets(int offset, double... counts) {
    return new Buckets(new int[] {offset}, new int[] {counts.length}, counts);
  }

  /// The histogram that came.
  private FloatHistogram came() {
    return Objects.requireNonNull(receiver.histograms.get(NOW));
  }

  @Test
  void anIntegerHistogramBecomesFloats() {
    HistogramBody body =
        HistogramBody.of(NOW)
            .count(12)
            .sum(18.5)
            .schema(-2)
            .zero(0.001, 2)
            .span(8, -1, 2)
            .deltas(9, 3, -2)
            .span(11, 1, 1)
            .span(11, 2, 2)
            .deltas(12, 1, 1, 0)
            .add(WriteBody.number(77, 5))
            .hint(2);
    // 2 in the zero bucket, 3 + 1 negative, 1 + 2 + 2 positive.
    assertThat(post(body).status()).isEqualTo(400);
    assertThat(post(body.count(11)).status()).isEqualTo(204);
    FloatHistogram came = came();
    assertThat(came)
        .isEqualTo(
            new FloatHistogram(
                ResetHint.UNKNOWN,
                -2,
                0.001,
                2,
                11,
                18.5,
                new Buckets(new int[] {1, 2}, new int[] {1, 2}, new double[] {1, 2, 2}),
                buckets(-1, 3, 1),
                new double[0]));
    assertThat(came.resetHint()).isEqualTo(ResetHint.NOT_RESET);
    assertThat(receiver.balanced().appliedDurable()).isEqualTo(1);
  }

  @Test
  void aFloatHistogramStaysAsItIs() {
    HistogramBody body =
        HistogramBody.of(NOW)
            .floatCount(2.75)
            .sum(-0.5)
            .schema(8)
            .floatZero(0, 0.25)
            .span(8, -7, 1)
            .doubles(10, 1.5)
            .span(11, 3, 2)
            .add(WriteBody.fixed(13, Double.doubleToRawLongBits(0.5)))
            .add(WriteBody.fixed(13, Double.doubleToRawLongBits(0.5)))
            .hint(3);
    assertThat(post(body).status()).isEqualTo(204);
    FloatHistogram came = came();
    assertThat(came)
        .isEqualTo(
            new FloatHistogram(
                ResetHint.GAUGE,
                8,
                0,
                0.25,
                2.75,
                -0.5,
                buckets(3, 0.5, 0.5),
                buckets(-7, 1.5),
                new double[0]));
    assertThat(came.resetHint()).isEqualTo(ResetHint.GAUGE);
  }

  @Test
  void aHistogramWithBoundsOfItsOwnKeepsThem() {
    HistogramBody body =
        HistogramBody.of(NOW)
            .count(3)
            .sum(4)
            .schema(FloatHistogram.CUSTOM_BOUNDS)
            .positive(0, 1, 0, 0)
            .doubles(16, 0.5, 1);
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(came().customBounds()).containsExactly(0.5, 1);
    assertThat(came().positive().counts()).containsExactly(1, 1, 1);
  }

  @Test
  void aReservedSchemaIsBroughtDown() {
    HistogramBody body = HistogramBody.of(NOW).count(4).sum(4).schema(9).positive(1, 1, 0, 0, 0);
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(came().schema()).isEqualTo(8);
    assertThat(came().positive().counts()).containsExactly(2, 2);
  }

  @Test
  void aStaleMarkerIsOne() {
    assertThat(post(HistogramBody.of(NOW).count(0).sum(StaleMarker.VALUE)).status()).isEqualTo(204);
    assertThat(came().isStaleMarker()).isTrue();
    assertThat(StaleMarker.is(Double.longBitsToDouble(receiver.came.getFirst().bits()))).isTrue();
  }

  private record Bad(HistogramBody body, String reason) {}

  @Test
  void whatPrometheusRefusesIsRefusedInItsWords() {
    HistogramBody ok = HistogramBody.of(NOW).count(1).positive(0, 1);
    List<Bad> all =
        List.of(
            new Bad(
                HistogramBody.of(NOW).count(3).positive(0, 1, 0),
                "2 observations found in buckets, but the Count field is 3: histogram's observation"
                    + " count should equal the number of observations found in the buckets (in"
                    + " absence of NaN)"),
            new Bad(
                HistogramBody.of(NOW).count(1).sum(Double.NaN).positive(0, 1, 0),
                "2 observations found in buckets, but the Count field is 1: histogram's observation"
                    + " count should be at least the number of observations found in the buckets"),
            new Bad(
                HistogramBody.of(NOW).count(0).positive(0, 1, -2),
                "positive side: bucket number 2 has observation count of -1: histogram has a bucket"
                    + " whose observation count is negative"),
            new Bad(
                HistogramBody.of(NOW).count(2).span(11, 0, 3).deltas(12, 1, 0),
                "positive side: spans need 3 buckets, have 2 buckets: histogram spans specify"
                    + " different number of buckets than provided"),
            new Bad(
                HistogramBody.of(NOW).count(2).span(8, 0, 1).span(8, -1, 1).deltas(9, 1, 0),
                "negative side: span number 2 with offset -1: histogram has a span whose offset is"
                    + " negative"),
            new Bad(
                HistogramBody.of(NOW).schema(-9).count(0),
                "histogram has an invalid schema, which must be between -4 and 8 for exponential"
                    + " buckets, or -53 for custom buckets, got schema -9"),
            new Bad(
                HistogramBody.of(NOW).count(1).positive(0, 1).doubles(16, 1),
                "histogram with exponential schema must not have custom bounds"),
            new Bad(
                HistogramBody.of(NOW).schema(-53).count(1).positive(2, 1).doubles(16, 1),
                "custom buckets: only 1 custom bounds defined which is insufficient to cover total"
                    + " span length of 3: histogram custom bounds are too few"));
    for (Bad bad : all) {
      HttpReply reply = post(bad.body);
      assertThat(Receiver.text(reply))
          .isEqualTo(
              "1 of 1 samples were refused, the rest is written: 1 invalid_histogram (series 0: "
                  + bad.reason
                  + ")\n");
      assertThat(reply.status()).isEqualTo(400);
    }
    assertThat(post(HistogramBody.of(NOW).count(5).sum(Double.NaN).positive(0, 1), ok).status())
        .as("with a NaN the count may be more; then the same time again")
        .isEqualTo(400);
    assertThat(receiver.balanced().refused(Refusal.INVALID_HISTOGRAM)).isEqualTo(all.size());
    assertThat(receiver.histograms).hasSize(1);
  }

  @Test
  void refusedHistogramsLeaveTheOthersInTheirPlaces() {
    byte[] bad = HistogramBody.of(NOW).count(7).field();
    byte[] body =
        join(
            series(labels("no", "name"), HistogramBody.of(NOW + 9).count(0).field()),
            series(
                labels("__name__", "a"),
                bad,
                HistogramBody.of(NOW + 1).count(1).positive(0, 1).field(),
                sample(NOW + 2, 5),
                bad,
                HistogramBody.of(NOW + 3).count(2).positive(0, 2).field()),
            series(
                labels("__name__", "b"),
                HistogramBody.of(NOW + 4).count(3).positive(0, 3).field()));
    HttpReply reply = receiver.post(snappy(body));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply))
        .startsWith("3 of 7 samples were refused")
        .contains("1 invalid_labels (series 0", "2 invalid_histogram (series 1");
    assertThat(receiver.came)
        .extracting(Receiver.Came::timeMs)
        .containsExactly(NOW + 1, NOW + 2, NOW + 3, NOW + 4);
    assertThat(receiver.histograms.values())
        .extracting(FloatHistogram::count)
        .containsExactly(1.0, 2.0, 3.0);
    receiver.balanced();
  }

  @Test
  void theSameHistogramAgainIsAResend() {
    HistogramBody body = HistogramBody.of(NOW).count(1).sum(2).positive(0, 1);
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(receiver.balanced().resent()).isEqualTo(1);
    HttpReply reply = post(HistogramBody.of(NOW).count(1).sum(3).positive(0, 1));
    assertThat(Receiver.text(reply)).contains("1 duplicate_value");
  }

  @Test
  void moreBytesThanTheRingGivesARequestAreTooLarge() {
    long[] deltas = new long[6000];
    HistogramBody[] bodies = new HistogramBody[receiver.intake.histogramBytesMax() / 6000 + 1];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = HistogramBody.of(NOW + i).count(0).positive(0, deltas);
    }
    HttpReply reply = post(bodies);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(Receiver.text(reply)).contains("bytes of native histograms");
    assertThat(receiver.balanced().refused(Refusal.TOO_LARGE)).isEqualTo(bodies.length);
    assertThat(post(Arrays.copyOf(bodies, 5)).status()).isEqualTo(204);
  }

  @Test
  void whateverIsChangedInAHistogramNothingBreaks() {
    byte[] good =
        HistogramBody.of(NOW)
            .count(11)
            .sum(18.5)
            .schema(3)
            .zero(0.001, 2)
            .span(8, -1, 2)
            .deltas(9, 3, -2)
            .span(11, 1, 1)
            .span(11, 2, 2)
            .deltas(12, 1, 1, 0)
            .message();
    int written = 0;
    for (long seed = 0; seed < 5000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] changed = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      byte[] body =
          series(labels("__name__", "h", "s", "" + seed % 500), WriteBody.field(4, changed));
      int status = receiver.post(snappy(body)).status();
      assertThat(status).as("seed %d", seed).isIn(204, 400);
      written += status == 204 ? 1 : 0;
      assertThat(receiver.balanced().inFlight()).as("seed %d", seed).isZero();
      receiver.histograms.values().forEach(FloatHistogram::validate);
      receiver.histograms.clear();
    }
    assertThat(written).isGreaterThan(100);
  }
}
