package dev.tocsin.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.health.Dependency.Cure;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 3);
  private final Clock clock =
      new Clock() {
        @Override
        public long wallNanos() {
          return 0;
        }

        @Override
        public long monotonicNanos() {
          return nowNanos.get();
        }
      };
  private final AtomicLong asked = new AtomicLong();

  private Dependency ask() {
    return new Dependency("disk", Cure.OUTSIDE, "asked " + asked.incrementAndGet());
  }

  @Test
  void anAnswerIsGoodForAWhile() {
    Remembered remembered = new Remembered(this::ask, clock, 10);
    assertThat(remembered.get().reason()).isEqualTo("asked 1");
    nowNanos.addAndGet(9);
    assertThat(remembered.get().reason()).isEqualTo("asked 1");
    nowNanos.addAndGet(1);
    assertThat(remembered.get().reason()).isEqualTo("asked 2");
  }

  @Test
  void whoComesWhileOneIsAskedIsNotHeldUp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Remembered remembered =
        new Remembered(
            () -> {
              Dependency answer = ask();
              if (asked.get() == 2) {
                begun.countDown();
                await(release);
              }
              return answer;
            },
            clock,
            5_000_000_000L);
    assertThat(remembered.get().reason()).isEqualTo("asked 1");
    nowNanos.addAndGet(5_000_000_000L);
    Thread slow = Thread.ofVirtual().start(remembered::get);
    begun.await();
    assertThat(remembered.get().reason()).isEqualTo("asked 1");
    nowNanos.addAndGet(6_000_000_000L);
    assertThat(remembered.get().reason()).isEqualTo("has not answered for 6 s");
    release.countDown();
    slow.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
