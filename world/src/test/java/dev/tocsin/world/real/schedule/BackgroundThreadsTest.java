package dev.tocsin.world.real.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundThreadsTest {
  static final Path STAT = Path.of("/proc/thread-self/stat");

  private final BackgroundThreads two = new BackgroundThreads("work", 2);

  @AfterEach
  void close() {
    two.close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noMoreThanThatManyRunAtOnce() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(5);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      two.give(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.countDown();
            awaitQuietly(release);
            running.decrementAndGet();
            ended.countDown();
          });
    }
    begun.await();
    assertThat(ended.getCount()).isEqualTo(5);
    release.countDown();
    ended.await();
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void workBeginsInTheOrderInWhichItWasGiven() throws InterruptedException {
    try (BackgroundThreads one = new BackgroundThreads("work", 1)) {
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch ended = new CountDownLatch(10);
      for (int i = 0; i < 10; i++) {
        int number = i;
        one.give(
            () -> {
              order.add(number);
              ended.countDown();
            });
      }
      ended.await();
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  void itsThreadsAreNiceAndOthersAreNot() throws Exception {
    assumeTrue(Files.isReadable(STAT), "no /proc/thread-self on this system");
    AtomicReference<String> stat = new AtomicReference<>("");
    CountDownLatch ended = new CountDownLatch(1);
    two.give(
        () -> {
          stat.set(read());
          ended.countDown();
        });
    ended.await();
    assertThat(niceness(stat.get())).isEqualTo(niceness(read()) + 10);
  }

  static String read() {
    try {
      return Files.readString(STAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Field 19 of proc(5); the fields begin behind the name, which is the second.
  static int niceness(String stat) {
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  @Test
  void onceClosedItTakesNothing() {
    two.close();
    assertThatThrownBy(() -> two.give(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }
}
