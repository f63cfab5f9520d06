package dev.tocsin.sim.schedule;

import dev.tocsin.sim.turn.SimCrash;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A task that may block, on a virtual thread that runs only when the simulation lets it.
///
/// The state of a virtual thread says exactly whether it is parked, and whoever unparks it changes
/// that state before going on. So the simulation knows after each turn which tasks the turn has set
/// going, without their cooperation.
final class SimTask {
  private final String name;
  private final Thread thread;

  /// It is about to touch the simulation and waits for its turn.
  private volatile boolean entering;

  private volatile boolean turn;
  private volatile boolean dead;
  private volatile @Nullable Throwable failure;

  SimTask(String name, Runnable body) {
    this.name = name;
    this.turn = true;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(body));
  }

  private void run(Runnable body) {
    try {
      body.run();
      enter();
    } catch (Throwable e) { // reported by the simulation's own thread
      failure = e;
    }
  }

  String name() {
    return name;
  }

  void start() {
    thread.start();
  }

  boolean isOn(Thread other) {
    return thread == other;
  }

  /// On the task's thread: waits until it is let go on.
  void enter() {
    while (!turn) {
      if (dead) {
        entering = false;
        throw new SimCrash("the process of " + name + " is gone");
      }
      entering = true;
      LockSupport.park(this);
    }
    entering = false;
  }

  /// On the simulation's thread: the task has the turn until it ends or blocks.
  void letGoOn() {
    turn = true;
    entering = false;
    LockSupport.unpark(thread);
  }

  /// On the simulation's thread, once it has blocked.
  void endTurn() {
    turn = false;
  }

  /// Whether it waits for its turn. It must have parked already: unparked on its way there it would
  /// look parked for a moment while it goes on.
  boolean isEntering() {
    return entering && !turn && isThreadParked();
  }

  boolean isDone() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  /// Whether it waits for something that is not the simulation's.
  boolean isParked() {
    return !entering && isThreadParked();
  }

  private boolean isThreadParked() {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  /// Whether nothing happens in it until somebody else does something.
  boolean isSettled() {
    return isDone() || isEntering() || isParked();
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void kill() {
    dead = true;
    turn = false;
    thread.interrupt(); // which unparks it too
  }

  StackTraceElement[] where() {
    return thread.getStackTrace();
  }
}
