package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RemoteWriteHandlerTest {
  private static final long NOW = Receiver.NOW_MS;

  private final Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 1000);

  private static Receiver.Came came(Labels labels, long timeMs, double value) {
    return new Receiver.Came(labels, timeMs, Double.doubleToRawLongBits(value));
  }

  private HttpReply post(byte[]... series) {
    return receiver.post(snappy(join(series)));
  }

  @Test
  void writesEverySampleUnderItsSortedLabels() {
    HttpReply reply =
        post(
            series(labels("z", "1", "__name__", "up", "e", "", "a", "ü"), sample(NOW, 1.5)),
            series(labels("__name__", "x"), sample(NOW, -0.0), sample(NOW + 1, Double.NaN)));
    assertThat(reply.status()).isEqualTo(204);
    Labels up = Labels.of("__name__", "up", "a", "ü", "z", "1");
    Labels x = Labels.of("__name__", "x");
    assertThat(receiver.came)
        .containsExactly(came(up, NOW, 1.5), came(x, NOW, -0.0), came(x, NOW + 1, Double.NaN));
    assertThat(receiver.balanced().appliedDurable()).isEqualTo(3);
  }

  @Test
  void otherOrdersOfTheSameLabelsAreTheSameSeries() {
    post(series(labels("__name__", "up", "a", "1", "b", "2"), sample(NOW, 1)));
    post(series(labels("b", "2", "__name__", "up", "a", "1"), sample(NOW + 1, 2)));
    post(series(labels("b", "2", "c", "", "a", "1"), sample(NOW + 2, 3), labels("__name__", "up")));
    assertThat(receiver.intake.seriesCount()).isEqualTo(1);
    assertThat(receiver.came).hasSize(3);
  }

  @Test
  void whatIsGoodIsKeptAndTheRestIsNamed() {
    HttpReply reply =
        post(
            series(labels("__name__", "a"), sample(NOW, 1), sample(NOW - 5, 1), sample(NOW, 2)),
            series(labels("x", "1"), sample(NOW, 1)),
            series(labels("__name__", "b", "l", "1", "l", "2"), sample(NOW, 1), sample(NOW, 1)),
            series(labels("__name__", "c"), sample(NOW + 600_001, 1), sample(NOW + 600_000, 1)));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply))
        .isEqualTo(
            "6 of 8 samples were refused, the rest is written: 1 invalid_labels (series 1: no"
                + " metric name (label __name__) in {\"x\"=\"1\"}), 2 duplicate_labels (series 2: a"
                + " label name twice in {\"__name__\"=\"b\", \"l\"=\"1\", \"l\"=\"2\"}), 1"
                + " out_of_order, 1 duplicate_value, 1 too_far_ahead\n");
    assertThat(receiver.came)
        .containsExactly(
            came(Labels.of("__name__", "a"), NOW, 1),
            came(Labels.of("__name__", "c"), NOW + 600_000, 1));
    Accounts accounts = receiver.balanced();
    assertThat(accounts.received()).isEqualTo(8);
    assertThat(accounts.refusedTotal()).isEqualTo(6);
    assertThat(accounts.refused(Refusal.DUPLICATE_LABELS)).isEqualTo(2);
  }

  @Test
  void aRequestSentAgainIsAnsweredAsTheFirstTime() {
    byte[] body = series(labels("__name__", "a"), sample(NOW, 1));
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(post(body).status()).isEqualTo(204);
    assertThat(receiver.came).hasSize(1);
    assertThat(receiver.balanced().resent()).isEqualTo(1);
  }

  @Test
  void aRequestWithoutSamplesIsFine() {
    assertThat(receiver.post(snappy(new byte[0])).status()).isEqualTo(204);
    assertThat(post(series(labels("__name__", "a"))).status()).isEqualTo(204);
    assertThat(receiver.balanced().received()).isZero();
    assertThat(receiver.intake.seriesCount()).isZero();
  }

  @Test
  void aBrokenBodyWritesNothingAndItsSamplesAreCounted() {
    HttpReply reply =
        post(series(labels("__name__", "a"), sample(NOW, 1)), new byte[] {0x0a, 0x05, 1});
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply))
        .isEqualTo("a length of 5 where 1 bytes are left at offset 36\n");
    assertThat(receiver.came).isEmpty();
    assertThat(receiver.intake.seriesCount()).isZero();
    assertThat(receiver.balanced().refused(Refusal.INVALID_BODY)).isEqualTo(1);
  }

  @Test
  void aFullRingAsksToComeBack() {
    int half = receiver.intake.samplesMax();
    List<Admission> others =
        List.of(
            receiver.intake.begin(Tenant.DEFAULT, half, 1),
            receiver.intake.begin(Tenant.DEFAULT, half, 1));
    byte[] body = series(labels("__name__", "b"), sample(NOW, 1), sample(NOW + 1, 2));
    HttpReply reply = post(body);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(Receiver.text(reply)).startsWith("the ring is full");
    assertThat(receiver.balanced().refused(Refusal.BUSY)).isEqualTo(2);
    for (Admission other : others) {
      ((Admission.Admitted) other).staging().close();
    }
    assertThat(post(body).status()).isEqualTo(204);
  }

  @Test
  void beyondTheSeriesLimitTheSeriesThatExistAreWritten() {
    Receiver small = new Receiver(RemoteWriteLimits.DEFAULT, 64, 2);
    byte[] body =
        join(
            series(labels("__name__", "a"), sample(NOW, 1)),
            series(labels("__name__", "b"), sample(NOW, 1)),
            series(labels("__name__", "c"), sample(NOW, 1), sample(NOW + 1, 1)));
    HttpReply reply = small.post(snappy(body));
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "30");
    assertThat(Receiver.text(reply)).contains("2 of 4 samples were refused", "2 series_limit");
    assertThat(small.came).hasSize(2);
    assertThat(small.balanced().refused(Refusal.SERIES_LIMIT)).isEqualTo(2);
  }

  @Test
  void whatTheJournalDidNotTakeIsNotAcknowledged() {
    receiver.breakJournal();
    HttpReply reply = post(series(labels("__name__", "a"), sample(NOW, 1)));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("Retry-After");
    assertThat(receiver.balanced().appliedUndurable()).isEqualTo(1);
  }

  @Test
  void theWordsOfThePrometheusSenderAreUnderstood() {
    byte[] body = snappy(series(labels("__name__", "a"), sample(NOW, 1)));
    for (String type :
        List.of(
            "application/x-protobuf;proto=prometheus.WriteRequest",
            "Application/X-Protobuf; proto=\"prometheus.WriteRequest\"; charset=x")) {
      FakeRequest request = FakeRequest.of(body).with("content-type", type);
      assertThat(receiver.handle(request.with("content-encoding", "Snappy")).status())
          .as(type)
          .isEqualTo(204);
    }
  }

  @Test
  void everyPrefixOfAGoodBodyIsAnswered() {
    byte[] content =
        join(
            series(labels("__name__", "a", "x", "é"), sample(NOW, 1)),
            series(labels("__name__", "b"), sample(NOW, 1)));
    int whole = 0;
    for (int length = 0; length <= content.length; length++) {
      int status = receiver.post(snappy(Arrays.copyOf(content, length))).status();
      assertThat(status).as("length %d", length).isIn(204, 400);
      whole += status == 204 ? 1 : 0;
      receiver.balanced();
    }
    assertThat(whole).as("nothing, one series, both").isEqualTo(3);
  }

  @Test
  void whateverIsChangedInABodyNothingBreaks() {
    for (long seed = 0; seed < 5000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] content =
          join(
              series(labels("__name__", "a", "x", "1"), sample(NOW, 1), sample(NOW + seed, 2)),
              series(labels("__name__", "b"), sample(NOW + seed, 1)));
      byte[] body =
          random.nextBoolean()
              ? changed(snappy(content), random)
              : snappy(changed(content, random));
      int status = receiver.post(body).status();
      assertThat(status).as("seed %d", seed).isIn(204, 400, 413, 429);
      assertThat(receiver.balanced().inFlight()).as("seed %d", seed).isZero();
    }
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  @Test
  void manyAtOnceLoseNothing() throws Exception {
    int requests = 400;
    List<Future<HttpReply>> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        byte[] body =
            snappy(
                join(
                    series(labels("__name__", "m", "i", "" + i % 40), sample(NOW + i, i)),
                    series(labels("__name__", "n", "i", "" + i), sample(NOW + i, i))));
        replies.add(threads.submit(() -> receiver.post(body)));
      }
    }
    int written = 0;
    for (Future<HttpReply> reply : replies) {
      written += reply.get().status() == 204 ? 2 : 0;
    }
    Accounts accounts = receiver.balanced();
    assertThat(accounts.received()).isGreaterThanOrEqualTo(written);
    assertThat(accounts.appliedDurable() + accounts.refusedTotal()).isEqualTo(accounts.received());
    assertThat(receiver.came).hasSize((int) accounts.appliedDurable());
    assertThat(receiver.came.stream().filter(c -> c.labels().metricName().equals("n")).count())
        .isEqualTo(requests - accounts.refused(Refusal.BUSY) / 2);
  }
}
