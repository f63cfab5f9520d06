package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StagingBufferTest {
  private static final int FRAMES = 200_000;

  /// The content of a frame follows from its number, so that an overwritten one is seen.
  private static int length(int number) {
    return number % 50 == 0 ? 40_000 : 32 + number % 97;
  }

  private static boolean publish(StagingBuffer staging, int number) {
    int length = length(number);
    int at = staging.claim(length);
    if (at < 0) {
      return false;
    }
    staging.bytes().putInt(at, number).putInt(at + length - 4, ~number);
    staging.publish(at, length, number, number % 3 == 0);
    return true;
  }

  private static int take(StagingBuffer staging, ByteBuffer view, int expected) {
    int number = expected;
    long end = staging.endOfMarks();
    long mark = staging.firstMark();
    for (; mark < end; mark++, number++) {
      int at = staging.start(mark);
      int last = view.getInt(at + staging.length(mark) - 4);
      if (view.getInt(at) != number || last != ~number || staging.seq(mark) != number) {
        throw new AssertionError("frame " + number + " was overwritten");
      }
    }
    staging.consume(mark);
    return number;
  }

  @Test
  void framesPassFromOneThreadToAnotherUnharmed() {
    StagingBuffer staging = new StagingBuffer(StagingBuffer.BYTES_MIN);
    CompletableFuture<Void> producer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < FRAMES; ) {
                if (publish(staging, i)) {
                  i++;
                } else {
                  Thread.onSpinWait();
                }
              }
            });
    ByteBuffer view = staging.bytes().duplicate();
    int taken = 0;
    while (taken < FRAMES && !producer.isCompletedExceptionally()) {
      taken = take(staging, view, taken);
      if (staging.fullness() > 1) {
        throw new AssertionError("more than full");
      }
    }
    producer.join();
    assertThat(taken).isEqualTo(FRAMES);
  }

  @Test
  void aWriterThatKeepsUpLeavesMostOfTheMemoryUntouched() {
    StagingBuffer staging = new StagingBuffer(StagingBuffer.BYTES_MIN);
    for (int i = 0; i < 1000; i++) {
      assertThat(staging.claim(100)).isZero();
      staging.publish(0, 100, i, true);
      staging.consume(staging.endOfMarks());
    }
  }

  @Test
  void anyOrderOfPublishingAndTakingKeepsFramesApart() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StagingBuffer staging = new StagingBuffer(StagingBuffer.BYTES_MIN);
      ByteBuffer view = staging.bytes().duplicate();
      int published = 0;
      int taken = 0;
      while (taken < 5000) {
        for (int i = random.nextInt(40); i > 0 && publish(staging, published); i--) {
          published++;
        }
        if (random.nextBoolean()) {
          taken = take(staging, view, taken);
        }
      }
      assertThat(taken).as("seed %s", seed).isLessThanOrEqualTo(published);
    }
  }
}
