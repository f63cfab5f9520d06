package dev.tocsin.agent.health;

import dev.tocsin.world.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks a dependency at most once in a while, for questions that cost something: whoever polls the
/// probes must not decide how often a disk is written. Any thread.
///
/// One thread asks at a time. The others are told what was known before, so that a device that
/// hangs does not hang every probe; where it hangs for longer than an answer is good for, they are
/// told so.
public final class Remembered implements Supplier<Dependency> {
  private record Known(Dependency answer, long askedNanos) {}

  private final Supplier<Dependency> question;
  private final Clock clock;
  private final long goodNanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Known known;

  /// When the question that is being asked was asked.
  private volatile long askingSinceNanos;

  /// @param goodNanos how long an answer is good for
  public Remembered(Supplier<Dependency> question, Clock clock, long goodNanos) {
    this.question = question;
    this.clock = clock;
    this.goodNanos = goodNanos;
  }

  @Override
  public Dependency get() {
    Known before = known;
    if (before != null && isGood(before)) {
      return before.answer();
    }
    if (before == null) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return meanwhile(before.answer());
    }
    try {
      Known now = known;
      return now != null && isGood(now) ? now.answer() : ask();
    } finally {
      asking.unlock();
    }
  }

  private Dependency ask() {
    long now = clock.monotonicNanos();
    askingSinceNanos = now;
    Dependency answer = question.get();
    known = new Known(answer, now);
    return answer;
  }

  private boolean isGood(Known one) {
    return clock.monotonicNanos() - one.askedNanos() < goodNanos;
  }

  private Dependency meanwhile(Dependency last) {
    long waitedNanos = clock.monotonicNanos() - askingSinceNanos;
    if (waitedNanos < goodNanos) {
      return last;
    }
    String reason = "has not answered for " + waitedNanos / 1_000_000_000 + " s";
    return new Dependency(last.name(), last.cure(), reason);
  }
}
