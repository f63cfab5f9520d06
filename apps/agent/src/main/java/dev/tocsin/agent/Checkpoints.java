package dev.tocsin.agent;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.FrozenEngine;
import dev.tocsin.pipeline.journal.CheckpointStore;
import dev.tocsin.world.schedule.Worker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has the engine's state written when the journal wants it. The engine's thread only freezes it,
/// between two inputs ([#freezeIfWanted]); the thread of this worker encodes and writes it. One at
/// a time.
final class Checkpoints implements Worker {
  private record Frozen(CheckpointStore.Mark mark, FrozenEngine engine) {}

  private final CheckpointStore store;
  private final Engine engine;
  private final Consumer<String> log;

  /// From the moment it is frozen until it is written, or could not be.
  private final AtomicReference<@Nullable Frozen> underWay = new AtomicReference<>();

  private volatile Runnable wake = () -> {};

  /// The newest input whose effect is in the engine. Engine's thread.
  private long seq;

  private long nowMs;

  /// Of the thread that writes.
  private boolean failing;

  Checkpoints(CheckpointStore store, Engine engine, long seq, long nowMs, Consumer<String> log) {
    this.store = store;
    this.engine = engine;
    this.seq = seq;
    this.nowMs = nowMs;
    this.log = log;
  }

  /// How this worker is woken, before the engine's thread begins.
  void onFrozen(Runnable wakeWorker) {
    wake = wakeWorker;
  }

  /// Engine's thread.
  void applied(long newSeq, long newNowMs) {
    seq = newSeq;
    nowMs = newNowMs;
  }

  /// Engine's thread, between two inputs; not in the midst of slots.
  void freezeIfWanted() {
    if (!engine.isInSlot()
        && underWay.get() == null
        && store.wantsCheckpoint()
        && seq >= store.wantedSeq()) {
      underWay.set(new Frozen(store.mark(seq, nowMs), engine.freeze()));
      wake.run();
    }
  }

  /// Whether it has to be looked again soon whether one can be written, also where no input comes.
  boolean isWaitedFor() {
    return store.isWaitedFor();
  }

  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public boolean isNice() {
    return true;
  }

  /// Writes what was frozen; as long as that takes.
  @Override
  public int step() {
    Frozen frozen = underWay.get();
    if (frozen == null) {
      return 0;
    }
    try (FrozenEngine state = frozen.engine()) {
      write(frozen.mark(), state);
    } finally {
      underWay.set(null);
    }
    return 1;
  }

  /// Writes the engine as it is: the last checkpoint. When the engine's thread has ended, and then
  /// this worker's.
  void writeLast() {
    Frozen left = underWay.getAndSet(null);
    if (left != null) {
      left.engine().close(); // its worker has not begun to write it; this one is newer
    }
    CheckpointStore.Mark mark = store.mark(seq, nowMs);
    try (FrozenEngine state = engine.freeze()) {
      write(mark, state);
    }
  }

  /// A failure is told once; the journal says when to try again.
  private void write(CheckpointStore.Mark mark, FrozenEngine state) {
    try {
      store.write(mark, state::writeTo);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.accept("The checkpoint cannot be written: " + e.getMessage() + "; trying again.");
      }
      failing = true;
    }
  }
}
