package dev.tocsin.deliver.outbox;

import dev.tocsin.model.alert.AlertEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The alerts of a lane that wait for their turn. What begins to fire goes before what ends or
/// repeats: a slot that ends a hundred alerts does not hold up the one that begins. Behind
/// [#URGENT_IN_A_ROW] of those one of the others has its turn, so that none waits for ever. Guarded
/// by the outbox's lock.
final class Turns {
  static final int URGENT_IN_A_ROW = 16;

  private final Deque<Chain> urgent = new ArrayDeque<>();
  private final Deque<Chain> others = new ArrayDeque<>();
  private int urgentInARow;

  private Deque<Chain> queue(Chain chain) {
    return chain.first().event.kind() == AlertEvent.Kind.FIRING ? urgent : others;
  }

  /// Behind all of its kind. The chain has an event.
  void addLast(Chain chain) {
    queue(chain).addLast(chain);
  }

  /// Before all of its kind.
  void addFirst(Chain chain) {
    queue(chain).addFirst(chain);
  }

  boolean isEmpty() {
    return urgent.isEmpty() && others.isEmpty();
  }

  /// Takes the next one; null where there is none that may leave. Of a kind later ones wait for the
  /// first.
  @Nullable Chain take(Predicate<Chain> mayLeave) {
    boolean othersFirst = urgentInARow >= URGENT_IN_A_ROW;
    Chain first = take(othersFirst ? others : urgent, mayLeave);
    Chain taken = first == null ? take(othersFirst ? urgent : others, mayLeave) : first;
    urgentInARow = taken != null && (first == null) == othersFirst ? urgentInARow + 1 : 0;
    return taken;
  }

  private static @Nullable Chain take(Deque<Chain> queue, Predicate<Chain> mayLeave) {
    Chain first = queue.peekFirst();
    return first != null && mayLeave.test(first) ? queue.removeFirst() : null;
  }

  /// When the first of either kind leaves without waiting for the journal any longer, monotonic
  /// nanoseconds; `Long.MAX_VALUE` where there is none.
  long undurableAfterNanos() {
    return Math.min(undurableAfterNanos(urgent), undurableAfterNanos(others));
  }

  private static long undurableAfterNanos(Deque<Chain> queue) {
    Chain first = queue.peekFirst();
    return first == null ? Long.MAX_VALUE : first.first().undurableAfterNanos;
  }
}
