package dev.tocsin.pipeline.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class UnsettledTest {
  private static final class Expected {
    final long seq;
    final long samples;
    Fate fate = Fate.OPEN;

    Expected(long seq, long samples) {
      this.seq = seq;
      this.samples = samples;
    }
  }

  @Test
  void isAQueueThatGrows() {
    long seed = 3;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Unsettled queue = new Unsettled(1000);
    Deque<Expected> expected = new ArrayDeque<>();
    long seq = 0;
    for (int step = 0; step < 20_000; step++) {
      int kind = random.nextInt(100);
      if (kind < 52 && expected.size() < 900) {
        seq += 1 + random.nextInt(3);
        queue.add(seq, step, Fate.OPEN);
        expected.add(new Expected(seq, step));
      } else if (kind < 98) {
        Expected head = expected.poll();
        if (head != null) {
          assertThat(queue.seq()).as("seed %d, step %d", seed, step).isEqualTo(head.seq);
          assertThat(queue.samples()).isEqualTo(head.samples);
          assertThat(queue.fate()).isEqualTo(head.fate);
          queue.remove();
        }
      } else {
        long from = seq - random.nextInt(200);
        long through = from + random.nextInt(100);
        Fate fate = random.nextBoolean() ? Fate.DURABLE : Fate.UNDURABLE;
        queue.decide(from, through, fate);
        for (Expected each : expected) {
          if (each.seq >= from && each.seq <= through && each.fate == Fate.OPEN) {
            each.fate = fate;
          }
        }
      }
      assertThat(queue.size()).isEqualTo(expected.size());
      assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
    }
    assertThat(seq).isGreaterThan(10_000);
  }

  @Test
  void whenFullTheLastOnesJoinUnlessTheirFatesDiffer() {
    Unsettled queue = new Unsettled(2);
    queue.add(1, 1, Fate.OPEN);
    queue.add(2, 10, Fate.OPEN);
    queue.add(3, 100, Fate.OPEN);
    assertThat(queue.size()).isEqualTo(2);
    queue.add(4, 1000, Fate.UNDURABLE);
    queue.add(5, 10_000, Fate.UNDURABLE);
    assertThat(queue.size()).isEqualTo(3);
    queue.remove();
    assertThat(queue.seq()).isEqualTo(3);
    assertThat(queue.samples()).isEqualTo(110);
    queue.remove();
    assertThat(queue.seq()).isEqualTo(5);
    assertThat(queue.samples()).isEqualTo(11_000);
    assertThat(queue.fate()).isEqualTo(Fate.UNDURABLE);
  }
}
