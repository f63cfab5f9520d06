package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.tenant.Tenant;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {
  private static final int SERIES = 400;

  private final Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 10_000);
  private final BodyDecoder decoder =
      new BodyDecoder(receiver.intake, Tenant.DEFAULT, 30_000, new Unkept());

  private static byte[] content(int round) {
    byte[][] all = new byte[SERIES][];
    for (int i = 0; i < SERIES; i++) {
      all[i] =
          series(
              labels("__name__", "http_requests_total", "instance", "i" + i, "job", "api"),
              sample(Receiver.NOW_MS + round, round));
    }
    return join(all);
  }

  @Test
  void aKnownSenderCostsNoObjectPerSample() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      byte[] content = content(round);
      byte[] block = snappy(content);
      receiver.getStuck();
      long before = threads.getCurrentThreadAllocatedBytes();
      WriteResult result = decoder.write(WriteMessage.V1, block, block.length, content.length, 1);
      long after = threads.getCurrentThreadAllocatedBytes();
      assertThat(result).isInstanceOf(WriteResult.Written.class);
      allocated = Math.min(allocated, after - before);
      receiver.getUnstuck();
    }
    assertThat(decoder.known().guessed()).isEqualTo(SERIES - 1);
    assertThat(allocated).as("bytes a request of %d samples", SERIES).isLessThan(8 * SERIES);
  }

  private static byte[] contentV2(int round) {
    WriteBodyV2 body = new WriteBodyV2();
    for (int i = 0; i < SERIES; i++) {
      body.series(
          body.labels("__name__", "http_requests_total", "instance", "i" + i, "job", "api"),
          i % 2 == 0
              ? sample(Receiver.NOW_MS + round, round)
              : WriteBodyV2.sample(Receiver.NOW_MS + round, round, 1 + round),
          body.exemplar(Receiver.NOW_MS, 1, "trace_id", "t" + round),
          body.metadata(1, "Requests.", ""));
    }
    return body.content();
  }

  @Test
  void aKnownSenderOf2CostsNoObjectPerSample() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      byte[] content = contentV2(round);
      byte[] block = snappy(content);
      receiver.getStuck();
      long before = threads.getCurrentThreadAllocatedBytes();
      WriteResult result = decoder.write(WriteMessage.V2, block, block.length, content.length, 1);
      long after = threads.getCurrentThreadAllocatedBytes();
      assertThat(result).isInstanceOf(WriteResult.Written.class);
      allocated = Math.min(allocated, after - before);
      receiver.getUnstuck();
    }
    assertThat(decoder.known().guessed()).isEqualTo(SERIES - 1);
    assertThat(allocated).as("bytes a request of %d samples", SERIES).isLessThan(8 * SERIES);
  }

  @Test
  void aLargeBufferIsNotKept() {
    byte[] content = join(content(0), WriteBody.field(15, new byte[BodyDecoder.RETAINED_BYTES]));
    assertThat(
            decoder.write(
                WriteMessage.V1, snappy(content), snappy(content).length, content.length, 1))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(decoder.bufferBytes()).isGreaterThan(BodyDecoder.RETAINED_BYTES);
    ReusePool<BodyDecoder> pool = new ReusePool<>(1, () -> decoder);
    pool.give(decoder);
    assertThat(decoder.bufferBytes()).isZero();
    pool.give(new BodyDecoder(receiver.intake, Tenant.DEFAULT, 10, new Unkept()));
    assertThat(pool.kept()).isEqualTo(1);
  }

  @Test
  void theBudgetLetsOneThroughAndTurnsTheCrowdAway() {
    ByteBudget budget = new ByteBudget(100);
    assertThat(budget.take(500, 0)).as("alone").isTrue();
    assertThat(budget.take(1, 0)).as("a second").isFalse();
    assertThat(budget.take(300, 500)).as("its own second part").isTrue();
    budget.give(800);
    assertThat(budget.take(60, 0)).isTrue();
    assertThat(budget.take(40, 0)).isTrue();
    assertThat(budget.take(1, 0)).isFalse();
    budget.give(100);
    assertThat(budget.used()).isZero();
  }
}
