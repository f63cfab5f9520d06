package dev.tocsin.agent;

import dev.tocsin.engine.Engine;
import dev.tocsin.pipeline.journal.CheckpointStore;
import java.io.IOException;
import java.util.function.Consumer;

/// Writes the engine's state when the journal wants it. On the engine's thread, between two inputs.
final class Checkpoints {
  private final CheckpointStore store;
  private final Engine engine;
  private final Consumer<String> log;

  /// The newest input whose effect is in the engine.
  private long seq;

  private long nowMs;
  private boolean failing;

  Checkpoints(CheckpointStore store, Engine engine, long seq, long nowMs, Consumer<String> log) {
    this.store = store;
    this.engine = engine;
    this.seq = seq;
    this.nowMs = nowMs;
    this.log = log;
  }

  void applied(long newSeq, long newNowMs) {
    seq = newSeq;
    nowMs = newNowMs;
  }

  void writeIfWanted() {
    if (!engine.isInSlot() && store.wantsCheckpoint() && seq >= store.wantedSeq()) {
      write();
    }
  }

  /// A failure is told once; the journal says when to try again.
  void write() {
    try {
      store.write(seq, nowMs, engine::checkpoint);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.accept("The checkpoint cannot be written: " + e.getMessage() + "; trying again.");
      }
      failing = true;
    }
  }
}
