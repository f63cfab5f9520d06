package dev.tocsin.agent;

import dev.tocsin.agent.explain.Decisions;
import dev.tocsin.deliver.outbox.Outbox;
import dev.tocsin.engine.Engine;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Steps the engine with what was sequenced, asks for a tick when one is due, and hands on what the
/// engine decided. The only thread that touches the engine.
final class EngineWorker implements Worker {
  /// Entries of one step, so that a stop is never far.
  private static final int ENTRIES_PER_STEP = 64;

  /// While a checkpoint is waited for, it is looked so often whether one can be made, also where no
  /// input comes.
  private static final long LOOK_NANOS = 1_000_000_000;

  private final Engine engine;
  private final EntryReader reader;
  private final Clock clock;
  private final BooleanSupplier submitTick;
  private final Runnable idle;
  private final Outbox outbox;
  private final LongConsumer forceThrough;
  private final Checkpoints checkpoints;
  private final Takeover takeover;
  private final Expirations expirations;
  private final AppliedTimes applied = new AppliedTimes();
  private final Decisions decisions = new Decisions();
  private final TurnTimes turns = new TurnTimes();

  /// The deadline a tick was asked for; it is not asked for twice.
  private long askedMs = Long.MIN_VALUE;

  private long lookNanos = Long.MAX_VALUE;

  /// @param submitTick gives the sequencer a tick; false where it has no place for it now
  /// @param idle called when everything is applied
  /// @param forceThrough asks the journal to be durable through a sequence number soon
  EngineWorker(
      Engine engine,
      EntryReader reader,
      Clock clock,
      BooleanSupplier submitTick,
      Runnable idle,
      Outbox outbox,
      LongConsumer forceThrough,
      Checkpoints checkpoints,
      Takeover takeover,
      Expirations expirations) {
    this.engine = engine;
    this.reader = reader;
    this.clock = clock;
    this.submitTick = submitTick;
    this.idle = idle;
    this.outbox = outbox;
    this.forceThrough = forceThrough;
    this.checkpoints = checkpoints;
    this.takeover = takeover;
    this.expirations = expirations;
  }

  /// What was decided last. Any thread.
  Decisions decisions() {
    return decisions;
  }

  /// How long its inputs take. Any thread.
  TurnTimes turns() {
    return turns;
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public int step() {
    int done = 0;
    checkpoints.freezeIfWanted(); // before more comes: there may be no end of it
    for (Entry entry = reader.poll(); entry != null; entry = reader.poll()) {
      apply(entry);
      if (++done >= ENTRIES_PER_STEP) {
        return done;
      }
    }
    checkpoints.freezeIfWanted();
    lookNanos = checkpoints.isWaitedFor() ? clock.monotonicNanos() + LOOK_NANOS : Long.MAX_VALUE;
    idle.run();
    done += expirations.step() ? 1 : 0;
    long dueMs = engine.nextDeadlineMs();
    if (dueMs != askedMs && clock.wallMillis() >= dueMs && submitTick.getAsBoolean()) {
      askedMs = dueMs;
      done++;
    }
    return done;
  }

  private void apply(Entry entry) {
    long beganNanos = clock.monotonicNanos();
    List<AlertEvent> events = engine.step(entry.seq(), entry.nowMs(), entry.input());
    boolean isTransaction = entry.input() instanceof Input.Transaction;
    long doneNanos = events.isEmpty() && !isTransaction ? 0 : clock.wallNanos();
    if (entry.input() instanceof Input.Transaction transaction) {
      // What it decides, it decides in the same step.
      applied.put(transaction.receivedNanos(), doneNanos);
    }
    if (entry.input() instanceof Input.Reload reload) {
      long tookNanos = clock.monotonicNanos() - beganNanos;
      takeover.applied(reload, engine.reloadProblem(), tookNanos);
    }
    for (AlertEvent event : events) {
      StageTimes times = times(event, doneNanos);
      decisions.add(event, times);
      outbox.offer(event, times);
    }
    boolean hasTraces = entry.input() instanceof Input.Tick && engine.leftTraces();
    if (hasTraces || !events.isEmpty()) {
      forceThrough.accept(entry.seq());
    }
    if (engine.isInSlot() && entry.input() instanceof Input.Tick) {
      // The rest of the slots is for the next one.
      askedMs = Long.MIN_VALUE;
    }
    turns.add(clock.monotonicNanos() - beganNanos);
    checkpoints.applied(entry.seq(), entry.nowMs());
    expirations.applied(entry.seq());
    reader.done(entry);
  }

  private StageTimes times(AlertEvent event, long decidedNanos) {
    long receivedNanos = event.evidence().receivedNanos();
    long sampleNanos = event.evidence().sampleTimeMs() * 1_000_000;
    long appliedNanos = receivedNanos == 0 ? 0 : applied.of(receivedNanos);
    return new StageTimes(sampleNanos, receivedNanos, appliedNanos, decidedNanos, 0, 0);
  }

  @Override
  public long deadlineNanos() {
    long otherwiseNanos = Math.min(lookNanos, expirations.deadlineNanos());
    long dueMs = engine.nextDeadlineMs();
    if (dueMs == Long.MAX_VALUE || dueMs == askedMs) {
      return otherwiseNanos;
    }
    // Ticks are wanted by the wall's clock; the wait is by the other.
    long waitNanos = dueMs * 1_000_000 - clock.wallNanos();
    return Math.min(otherwiseNanos, clock.monotonicNanos() + Math.max(0, waitNanos));
  }
}
