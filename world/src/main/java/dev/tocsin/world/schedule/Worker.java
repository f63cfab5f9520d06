package dev.tocsin.world.schedule;

/// A piece of work that is stepped by one thread at a time: a platform thread of its own in the
/// real world, the seeded loop in a simulation. Never blocks but on the disk.
public interface Worker {
  /// A short name, used as the thread's name.
  String name();

  /// Whether its thread gives way to all others that want a processor.
  default boolean isNice() {
    return false;
  }

  /// Does what there is to do, in bounded time. Returns how many items were handled; zero lets the
  /// runner idle until it is woken, or until [#deadlineNanos] comes.
  int step();

  /// When to step again though nobody woke it: monotonic nanoseconds. `Long.MAX_VALUE`: never.
  default long deadlineNanos() {
    return Long.MAX_VALUE;
  }

  /// Called once after the last step.
  default void stopped() {}
}
