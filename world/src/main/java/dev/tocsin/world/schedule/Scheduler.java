package dev.tocsin.world.schedule;

/// Starts workers and tasks.
public interface Scheduler {
  /// Steps the worker on a thread of its own until the handle is closed. A step that throws stops
  /// the worker and is reported through [Running#failure].
  Running start(Worker worker);

  /// Runs a task that may block, on a virtual thread (in a simulation: as an event of its own).
  /// Fails with a [java.util.concurrent.RejectedExecutionException] where too many are under way.
  void spawn(String name, Runnable task);

  /// Runs a task after a time, as [#spawn] does.
  void spawnAfter(String name, long delayNanos, Runnable task);

  /// A place for work that takes long and much: at most so many at once, each on a platform thread
  /// that yields the processors to all others. In a simulation it is done at once, by whoever gives
  /// it.
  default Background background(String name, int threads) {
    return Runnable::run;
  }

  /// Forgets the tasks whose time has not come. Workers are closed by their handles.
  default void close() {}

  /// Does work when its turn comes, in the order in which it was given.
  interface Background extends AutoCloseable {
    /// Never waits. Fails with a [java.util.concurrent.RejectedExecutionException] once closed.
    void give(Runnable work);

    /// What has not begun never will.
    @Override
    default void close() {}
  }

  /// A started worker.
  interface Running extends AutoCloseable {
    /// Ends an idle wait at once. Cheap when the worker is busy. Any thread.
    void wake();

    /// What a step threw, or the empty string.
    String failure();

    /// Lets the current step end, then stops; waits for that.
    @Override
    void close();
  }
}
