package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.FrozenStore;
import java.io.DataOutput;
import java.io.IOException;

/// An engine as it was when [Engine#freeze] was called, to be written by any one thread while the
/// engine goes on.
///
/// Memory, until it is closed: that of [FrozenStore], 12 bytes a series, and the state of rules and
/// alerts as in the checkpoint.
public final class FrozenEngine implements AutoCloseable {
  private final FrozenStore store;
  private final StateBuffer beforeRules;
  private final RuleSet rules;
  private final StateBuffer state;
  private final FrozenSeriesTable table;
  private final StateBuffer overlay;

  FrozenEngine(
      FrozenStore store,
      StateBuffer beforeRules,
      RuleSet rules,
      StateBuffer state,
      FrozenSeriesTable table,
      StateBuffer overlay) {
    this.store = store;
    this.beforeRules = beforeRules;
    this.rules = rules;
    this.state = state;
    this.table = table;
    this.overlay = overlay;
  }

  /// Writes everything; [Engine#restore] reads it. Once, by any thread.
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(Engine.MAGIC);
    out.writeInt(Engine.VERSION);
    store.writeTo(out);
    StateWriter writer = new StateWriter(out);
    beforeRules.writeTo(out);
    RuleSetCodec.write(writer, rules);
    state.writeTo(out);
    table.write(writer);
    overlay.writeTo(out);
  }

  /// The engine need not keep anything for this one any more. Any thread.
  @Override
  public void close() {
    store.close();
  }
}
