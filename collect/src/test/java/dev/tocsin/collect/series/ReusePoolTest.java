package dev.tocsin.collect.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReusePoolTest {
  private final AtomicInteger made = new AtomicInteger();

  private final class Thing implements ReusePool.Reused {
    final int number = made.incrementAndGet();

    @Override
    public void shrink() {}
  }

  @Test
  void whoComesBeyondTheLimitWaitsForOneToBeGivenBack()
      throws InterruptedException, ExecutionException, TimeoutException {
    ReusePool<Thing> pool = new ReusePool<>(2, 2, Thing::new);
    Thing first = pool.take();
    Thing second = pool.take();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Thing> third = others.submit(pool::take);
      assertThat(third.isDone()).isFalse();
      pool.give(first);
      assertThat(third.get(10, TimeUnit.SECONDS)).isSameAs(first);
      pool.give(second);
    }
    assertThat(made).hasValue(2);
  }

  @Test
  void withoutALimitNobodyWaitsAndFewAreKept() {
    ReusePool<Thing> pool = new ReusePool<>(1, Thing::new);
    Thing first = pool.take();
    Thing second = pool.take();
    assertThat(second.number).isEqualTo(2);
    pool.give(first);
    pool.give(second);
    assertThat(pool.kept()).isEqualTo(1);
  }
}
