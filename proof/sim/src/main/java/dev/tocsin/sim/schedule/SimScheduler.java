package dev.tocsin.sim.schedule;

import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.log.EventLog;
import dev.tocsin.sim.time.SimClock;
import dev.tocsin.sim.turn.Turnstile;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Runs workers, tasks and whatever the network brings, one at a time, in an order that the seed
/// chooses, while virtual time jumps from one thing to the next.
///
/// All on the thread that calls it. A task has a virtual thread of its own, since it may block, but
/// only one of them goes on at a time. A task that waits with a time limit waits in real time,
/// which the seed does not govern.
public final class SimScheduler implements Scheduler, Turnstile {
  /// What one turn takes of virtual time, nanoseconds.
  private static final long TURN_NANOS_MIN = 200;

  private static final long TURN_NANOS_MAX = 20_000;

  /// How late a spawned task begins at most, nanoseconds.
  private static final long SPAWN_NANOS_MAX = 50_000;

  /// Turns without an end to a run; then something goes in circles.
  private static final long TURNS_MAX = 50_000_000;

  private record Event(long dueNanos, long order, int epoch, String name, Runnable body) {}

  /// The epoch of what does not end with the process.
  private static final int OUTSIDE = -1;

  private final SimClock clock;
  private final SimChance chance;
  private final SimTasks tasks = new SimTasks();
  private final EventLog log;
  private final List<SimWorker> workers = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.dueNanos == b.dueNanos
                  ? Long.compare(a.order, b.order)
                  : Long.compare(a.dueNanos, b.dueNanos));
  private int epoch;
  private boolean failOnWorkers = true;

  public SimScheduler(SimClock clock, SimChance chance) {
    this.clock = clock;
    this.chance = chance;
    this.log = new EventLog(clock, tasks);
  }

  public EventLog log() {
    return log;
  }

  @Override
  public void enter() {
    tasks.enter();
  }

  /// Whether a worker that throws ends the run with an error; else it is only stopped, as in the
  /// real world. True at first.
  public void failOnWorkers(boolean fail) {
    failOnWorkers = fail;
  }

  @Override
  public Running start(Worker worker) {
    enter();
    log.add(worker.name(), "started");
    SimWorker added = new SimWorker(this, worker);
    workers.add(added);
    return added;
  }

  @Override
  public void spawn(String name, Runnable task) {
    spawnAfter(name, 0, task);
  }

  @Override
  public void spawnAfter(String name, long delayNanos, Runnable task) {
    enter();
    add(delayNanos + chance.between(0, SPAWN_NANOS_MAX), epoch, name, () -> tasks.run(name, task));
  }

  /// Something that happens within the process, and not if it crashes before. Must not block.
  public void within(String name, long delayNanos, Runnable body) {
    enter();
    add(delayNanos, epoch, name, body);
  }

  /// Something that happens whether the process lives or not. Must not block.
  public void outside(String name, long delayNanos, Runnable body) {
    enter();
    add(delayNanos, OUTSIDE, name, body);
  }

  private void add(long delayNanos, int itsEpoch, String name, Runnable body) {
    long due = clock.monotonicNanos() + Math.max(0, delayNanos);
    events.add(new Event(due, chance.nextLong(), itsEpoch, name, body));
  }

  /// Which life of the process this is, from 0.
  public int epoch() {
    return epoch;
  }

  void workerFailed(SimWorker worker, Throwable e) {
    log.add(worker.name(), "threw " + e);
    if (failOnWorkers) {
      throw new IllegalStateException("the worker " + worker.name() + " threw", e);
    }
  }

  void closed(SimWorker worker) {
    log.add(worker.name(), "closed");
    workers.remove(worker);
  }

  /// Runs until nothing happens any more: no event, no worker that is awake or has a deadline.
  public void runUntilQuiet() {
    run(() -> false, Long.MAX_VALUE);
  }

  /// Runs that long; time is that much later then, whatever happened.
  public void runFor(long nanos) {
    long until = clock.monotonicNanos() + nanos;
    run(() -> false, until);
    clock.advanceTo(until);
  }

  /// Runs until the condition holds; false where that long has passed, or nothing happens any more.
  public boolean runUntil(BooleanSupplier condition, long nanosMax) {
    return run(condition, clock.monotonicNanos() + nanosMax);
  }

  private boolean run(BooleanSupplier condition, long untilNanos) {
    for (long turns = 0; !condition.getAsBoolean(); turns++) {
      if (turns == TURNS_MAX) {
        throw new IllegalStateException("no end after " + TURNS_MAX + " turns: " + awake());
      }
      if (!turn(untilNanos)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /// One step of one worker, or one event. False where nothing is due until then.
  private boolean turn(long untilNanos) {
    long due = nextNanos();
    if (due == Long.MAX_VALUE || due > untilNanos) {
      return false;
    }
    clock.advanceTo(due);
    long now = clock.monotonicNanos();
    List<SimWorker> ready = new ArrayList<>();
    for (SimWorker worker : workers) {
      if (worker.dueNanos() <= now) {
        ready.add(worker);
      }
    }
    Event event = events.peek();
    boolean hasEvent = event != null && event.dueNanos <= now;
    int choice = (int) chance.between(0, ready.size() - (hasEvent ? 0 : 1));
    if (choice < ready.size()) {
      step(ready.get(choice), now);
    } else if (event != null) {
      events.poll();
      begin(event);
    }
    tasks.goOn();
    clock.advance(chance.between(TURN_NANOS_MIN, TURN_NANOS_MAX));
    return true;
  }

  private long nextNanos() {
    Event event = events.peek();
    long due = event == null ? Long.MAX_VALUE : event.dueNanos;
    for (SimWorker worker : workers) {
      due = Math.min(due, worker.dueNanos());
    }
    return due;
  }

  private void step(SimWorker worker, long nowNanos) {
    int count = worker.step(nowNanos);
    if (count != 0) {
      log.add(worker.name(), "did " + count);
    }
  }

  private void begin(Event event) {
    if (event.epoch == OUTSIDE || event.epoch == epoch) {
      log.add("event", event.name);
      event.body.run();
    }
  }

  private String awake() {
    return workers.stream().map(SimWorker::name).toList() + ", " + events.size() + " events";
  }

  /// Tasks that have begun and wait for something.
  public int blockedTasks() {
    return tasks.count();
  }

  /// The process is gone: its workers, its tasks, and what it meant to do later.
  public void crash() {
    log.add("scheduler", "crash");
    epoch++;
    workers.forEach(SimWorker::kill);
    workers.clear();
    events.removeIf(event -> event.epoch != OUTSIDE);
    tasks.killAll();
  }

  /// Ends the simulation; as a crash, for what still waits would wait for ever.
  @Override
  public void close() {
    crash();
  }
}
