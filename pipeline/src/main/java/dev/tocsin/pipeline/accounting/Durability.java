package dev.tocsin.pipeline.accounting;

import dev.tocsin.model.limit.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Tells who waits for it when an input is safe on the disk, or that it will not be. Fed by the
/// journal on its thread ([#durable], [#failed], [#recovered]); asked by any thread.
///
/// While the journal has failed, every input from the failure on is undurable at once: nobody waits
/// for a disk that does not write. (Some of those that come just before it recovers get to the disk
/// after all: that errs on the safe side.) Once it has recovered, everything up to there is
/// durable, because recovery begins with a checkpoint.
public final class Durability {
  private final ReentrantLock lock = new ReentrantLock();
  private final Accounting accounting;
  private final int waitersMax;
  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::seq));
  private long durableThrough;
  private long failedFrom = Long.MAX_VALUE;
  private String failure = "";
  private long callbackFailures;
  private long turnedAway;

  /// What the journal decided.
  public enum Outcome {
    /// On the disk.
    DURABLE,
    /// Not on the disk, and nobody can say when.
    UNDURABLE
  }

  private record Waiter(long seq, Consumer<Outcome> then) {}

  /// @param lastSeq the newest input known from before the start: durable already
  public Durability(Accounting accounting, long lastSeq) {
    this(accounting, lastSeq, Limits.DURABILITY_WAITERS_MAX);
  }

  Durability(Accounting accounting, long lastSeq, int waitersMax) {
    this.accounting = accounting;
    this.durableThrough = lastSeq;
    this.waitersMax = waitersMax;
  }

  /// Calls back exactly once: on the caller's thread where it is known already, on the journal's
  /// otherwise, so it must neither block nor take long. What it throws is counted. Where too many
  /// wait, the answer is `UNDURABLE` at once: the sender comes back, and its samples are resends.
  public void whenDurable(long seq, Consumer<Outcome> then) {
    Outcome known = null;
    lock.lock();
    try {
      if (seq >= failedFrom) {
        known = Outcome.UNDURABLE;
      } else if (seq <= durableThrough) {
        known = Outcome.DURABLE;
      } else if (waiters.size() >= waitersMax) {
        turnedAway++;
        known = Outcome.UNDURABLE;
      } else {
        waiters.add(new Waiter(seq, then));
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      then.accept(known);
    }
  }

  /// Everything through this is on the disk. The journal's thread.
  public void durable(long throughSeq) {
    accounting.durable(throughSeq);
    List<Waiter> told;
    lock.lock();
    try {
      durableThrough = Math.max(durableThrough, throughSeq);
      told = takeThrough(throughSeq);
    } finally {
      lock.unlock();
    }
    tell(told, Outcome.DURABLE);
  }

  /// Nothing from this on is on the disk, until it recovers. The journal's thread.
  public void failed(long fromSeq, String reason) {
    accounting.failed(fromSeq);
    List<Waiter> told = new ArrayList<>();
    lock.lock();
    try {
      failedFrom = Math.min(failedFrom, fromSeq);
      failure = reason.isEmpty() ? "the journal failed" : reason;
      List<Waiter> before = takeThrough(fromSeq - 1);
      while (!waiters.isEmpty()) {
        told.add(waiters.remove());
      }
      waiters.addAll(before);
    } finally {
      lock.unlock();
    }
    tell(told, Outcome.UNDURABLE);
  }

  /// Everything through this is in a checkpoint on the disk, and what follows is written again. The
  /// journal's thread.
  public void recovered(long seq) {
    accounting.recovered(seq);
    List<Waiter> told;
    lock.lock();
    try {
      failedFrom = Long.MAX_VALUE;
      failure = "";
      durableThrough = Math.max(durableThrough, seq);
      told = takeThrough(seq);
    } finally {
      lock.unlock();
    }
    tell(told, Outcome.DURABLE);
  }

  /// Why the journal does not write now, or the empty string where it does.
  public String failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  public long durableThrough() {
    lock.lock();
    try {
      return durableThrough;
    } finally {
      lock.unlock();
    }
  }

  public int waiting() {
    lock.lock();
    try {
      return waiters.size();
    } finally {
      lock.unlock();
    }
  }

  /// How often a callback threw.
  public long callbackFailures() {
    lock.lock();
    try {
      return callbackFailures;
    } finally {
      lock.unlock();
    }
  }

  /// How often `UNDURABLE` was said only because too many waited.
  public long turnedAway() {
    lock.lock();
    try {
      return turnedAway;
    } finally {
      lock.unlock();
    }
  }

  private List<Waiter> takeThrough(long seq) {
    List<Waiter> taken = new ArrayList<>();
    for (Waiter first = waiters.peek();
        first != null && first.seq() <= seq;
        first = waiters.peek()) {
      taken.add(waiters.remove());
    }
    return taken;
  }

  /// One that throws must not keep the others waiting, nor stop the journal.
  private void tell(List<Waiter> told, Outcome outcome) {
    for (Waiter waiter : told) {
      try {
        waiter.then().accept(outcome);
      } catch (RuntimeException _) {
        lock.lock();
        try {
          callbackFailures++;
        } finally {
          lock.unlock();
        }
      }
    }
  }
}
