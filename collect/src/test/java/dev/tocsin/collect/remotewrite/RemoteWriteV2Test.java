package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.field;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.number;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.world.net.HttpReply;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RemoteWriteV2Test {
  private static final long NOW = Receiver.NOW_MS;

  private final Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 1000);
  private final WriteBodyV2 body = new WriteBodyV2();

  private static Receiver.Came came(Labels labels, long timeMs, double value) {
    return new Receiver.Came(labels, timeMs, Double.doubleToRawLongBits(value));
  }

  /// Status, samples, histograms and exemplars written, as the answer says them.
  private static String said(HttpReply reply) {
    return reply.status()
        + " "
        + written(reply, "Samples")
        + " "
        + written(reply, "Histograms")
        + " "
        + written(reply, "Exemplars");
  }

  private static String written(HttpReply reply, String kind) {
    return reply.headers().getOrDefault("X-Prometheus-Remote-Write-" + kind + "-Written", "none");
  }

  private static HistogramBody histogram(long timeMs, long count) {
    return HistogramBody.of(timeMs).count(count).positive(0, count);
  }

  @Test
  void everySampleIsWrittenUnderItsSortedLabels() {
    body.series(
            body.labels("z", "1", "__name__", "up", "e", "", "a", "ü"),
            sample(NOW, 1.5),
            WriteBodyV2.sample(NOW + 1, -0.0, NOW - 60_000),
            body.metadata(2, "Whether it is up.", ""))
        .series(
            body.labels("__name__", "h"),
            WriteBodyV2.histogram(histogram(NOW + 2, 3).add(number(17, NOW - 5))))
        .series(
            body.labels("__name__", "up"),
            body.exemplar(NOW, 1, "trace_id", "abc"),
            field(5, new byte[0]));
    HttpReply reply = receiver.handle(body.request());
    assertThat(said(reply)).isEqualTo("204 2 1 0");
    Labels up = Labels.of("__name__", "up", "a", "ü", "z", "1");
    assertThat(receiver.came)
        .startsWith(came(up, NOW, 1.5), came(up, NOW + 1, -0.0))
        .extracting(Receiver.Came::timeMs)
        .containsExactly(NOW, NOW + 1, NOW + 2);
    assertThat(receiver.histograms.values()).extracting(FloatHistogram::count).containsExactly(3.0);
    assertThat(receiver.balanced().appliedDurable()).isEqualTo(3);
    Unkept unkept = receiver.handler.unkept();
    assertThat(List.of(unkept.exemplars(), unkept.metadata(), unkept.startTimes()))
        .containsExactly(1L, 1L, 2L);
  }

  @Test
  void bothMessagesNameTheSameSeries() {
    byte[] one = WriteBody.series(WriteBody.labels("__name__", "a", "x", "1"), sample(NOW, 1));
    assertThat(receiver.post(snappy(one)).headers()).as("an answer to 1.0").isEmpty();
    receiver.handle(
        body.series(body.labels("x", "1", "__name__", "a"), sample(NOW + 1, 2)).request());
    assertThat(receiver.came).hasSize(2);
    assertThat(receiver.intake.seriesCount()).isEqualTo(1);
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    byte[] two = field(1, new byte[] {2});
    body.series(body.loose("__name__", "a"), sample(NOW, 1))
        .series(sample(NOW + 1, 2), body.loose("__name__"), two)
        .series(
            body.loose("__name__"),
            body.exemplar(NOW, 1, "a", "a"),
            sample(NOW + 2, 3),
            body.loose("a"));
    byte[] last = join(body.seriesFields(), body.symbolFields());
    assertThat(said(receiver.handle(WriteBodyV2.request(last)))).isEqualTo("204 3 0 0");
    assertThat(receiver.intake.seriesCount()).isEqualTo(1);
    assertThat(receiver.came)
        .extracting(Receiver.Came::labels)
        .containsOnly(Labels.of("__name__", "a"));
  }

  @Test
  void whatIsRefusedIsNotCountedAsWritten() {
    body.series(body.labels("__name__", "a"), sample(NOW, 1), sample(NOW - 5, 1), sample(NOW, 1))
        .series(
            body.labels("__name__", "h"),
            WriteBodyV2.histogram(histogram(NOW, 1)),
            WriteBodyV2.histogram(HistogramBody.of(NOW + 1).count(7)),
            WriteBodyV2.histogram(histogram(NOW, 2)),
            WriteBodyV2.histogram(histogram(NOW, 1)))
        .series(
            body.labels("no", "name"),
            sample(NOW, 1),
            WriteBodyV2.histogram(histogram(NOW + 1, 1)));
    HttpReply reply = receiver.handle(body.request());
    // The third sample of each is one that had come.
    assertThat(said(reply)).isEqualTo("400 2 2 0");
    assertThat(Receiver.text(reply))
        .isEqualTo(
            "5 of 9 samples were refused, the rest is written: 2 invalid_labels (series 2: no"
                + " metric name (label __name__) in {\"no\"=\"name\"}), 1 invalid_histogram (series"
                + " 1: 0 observations found in buckets, but the Count field is 7: histogram's"
                + " observation count should equal the number of observations found in the buckets"
                + " (in absence of NaN)), 1 out_of_order, 2 duplicate, 1 duplicate_value\n");
    assertThat(receiver.balanced().received()).isEqualTo(9);
    assertThat(said(receiver.handle(body.request()))).as("sent again").isEqualTo("400 2 2 0");
  }

  @Test
  void beyondTheSeriesLimitTheSeriesThatExistAreCounted() {
    Receiver small = new Receiver(RemoteWriteLimits.DEFAULT, 64, 2);
    body.series(body.labels("__name__", "a"), sample(NOW, 1))
        .series(body.labels("__name__", "b"), WriteBodyV2.histogram(histogram(NOW, 1)))
        .series(
            body.labels("__name__", "c"),
            sample(NOW, 1),
            WriteBodyV2.histogram(histogram(NOW + 1, 1)));
    HttpReply reply = small.handle(body.request());
    assertThat(said(reply)).isEqualTo("429 1 1 0");
    assertThat(reply.headers()).containsEntry("Retry-After", "30");
  }

  @Test
  void whatIsNotTakenAtAllIsNoughtInEveryHeader() {
    body.series(body.labels("__name__", "a"), sample(NOW, 1));
    List<Admission> others =
        List.of(
            receiver.intake.begin(Tenant.DEFAULT, receiver.intake.samplesMax(), 1),
            receiver.intake.begin(Tenant.DEFAULT, receiver.intake.samplesMax(), 1));
    assertThat(said(receiver.handle(body.request()))).isEqualTo("429 0 0 0");
    for (Admission other : others) {
      ((Admission.Admitted) other).staging().close();
    }
    assertThat(said(receiver.handle(WriteBodyV2.request(new byte[] {0x22}))))
        .isEqualTo("400 0 0 0");
    FakeRequest large = body.request().with("content-length", "999999999");
    assertThat(said(receiver.handle(large))).isEqualTo("413 0 0 0");
    receiver.breakJournal();
    assertThat(said(receiver.handle(body.request()))).isEqualTo("503 0 0 0");
    assertThat(said(receiver.handle(WriteBodyV2.request(new byte[0])))).isEqualTo("204 0 0 0");
  }

  @Test
  void aReferenceThatPointsNowhereSaysWhere() {
    byte[] good = body.series(body.labels("__name__", "a"), sample(NOW, 1)).content();
    byte[] bad = field(5, join(WriteBodyV2.references(1, 3), sample(NOW, 1)));
    HttpReply reply = receiver.handle(WriteBodyV2.request(join(good, bad)));
    assertThat(Receiver.text(reply))
        .isEqualTo("a reference to symbol 3 where there are 3 at offset 44\n");
    assertThat(receiver.balanced().refused(Refusal.INVALID_BODY)).isEqualTo(1);
    assertThat(receiver.intake.seriesCount()).isZero();
    HttpReply old =
        receiver.handle(WriteBodyV2.request(WriteBody.series(WriteBody.labels("__name__", "a"))));
    assertThat(Receiver.text(old))
        .isEqualTo(
            "field 1, which io.prometheus.write.v2.Request does not have (is it a"
                + " prometheus.WriteRequest?) at offset 0\n");
  }

  @Test
  void everyPrefixOfAGoodBodyIsAnswered() {
    byte[] content =
        body.series(body.labels("__name__", "a", "x", "é"), sample(NOW, 1))
            .series(body.labels("__name__", "b"), sample(NOW, 1))
            .content();
    int whole = 0;
    for (int length = 0; length <= content.length; length++) {
      byte[] prefix = Arrays.copyOf(content, length);
      int status = receiver.handle(WriteBodyV2.request(prefix)).status();
      assertThat(status).as("length %d", length).isIn(204, 400);
      whole += status == 204 ? 1 : 0;
      receiver.balanced();
    }
    assertThat(whole).as("nothing, six symbols, two series").isEqualTo(9);
  }

  @Test
  void whateverIsChangedInABodyNothingBreaks() {
    int written = 0;
    for (long seed = 0; seed < 5000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      WriteBodyV2 good = new WriteBodyV2();
      byte[] content =
          good.series(
                  good.labels("__name__", "a", "x", "" + seed % 200),
                  sample(NOW + seed - 1, 1),
                  WriteBodyV2.sample(NOW + seed, 2, 5),
                  good.exemplar(NOW, 1, "t", "u"),
                  good.metadata(1, "h", "s"))
              .series(
                  good.labels("__name__", "b", "x", "" + seed % 200),
                  WriteBodyV2.histogram(histogram(NOW + seed, 1)))
              .content();
      for (int i = random.nextInt(4); i >= 0; i--) {
        content[random.nextInt(content.length)] = (byte) random.nextInt(256);
      }
      int status = receiver.handle(WriteBodyV2.request(content)).status();
      assertThat(status).as("seed %d", seed).isIn(204, 400, 413, 429);
      assertThat(receiver.balanced().inFlight()).as("seed %d", seed).isZero();
      written += status == 204 ? 1 : 0;
    }
    assertThat(written).isGreaterThan(100);
  }
}
