package dev.tocsin.agent;

import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.journal.JournalListener;
import java.util.function.Consumer;

/// Passes on what the journal says: to whoever waits for the disk, and its failures to people. On
/// the journal's thread.
final class JournalNews implements JournalListener {
  private final Durability durability;
  private final Consumer<String> log;
  private volatile Runnable onDurable = () -> {};
  private volatile Runnable onCheckpointNeeded = () -> {};

  JournalNews(Durability durability, Consumer<String> log) {
    this.durability = durability;
    this.log = log;
  }

  /// @param then runs after each force, on the journal's thread
  void onDurable(Runnable then) {
    onDurable = then;
  }

  /// @param then runs when a checkpoint is needed to go on, on the journal's thread
  void onCheckpointNeeded(Runnable then) {
    onCheckpointNeeded = then;
  }

  @Override
  public void checkpointNeeded() {
    onCheckpointNeeded.run();
  }

  @Override
  public void durable(long throughSeq) {
    durability.durable(throughSeq);
  }

  @Override
  public void forced(long throughSeq) {
    onDurable.run();
  }

  @Override
  public void failed(long fromSeq, String reason) {
    durability.failed(fromSeq, reason);
    log.accept(
        "The journal has failed: " + reason + ". Alerts still leave; senders are told to wait.");
  }

  @Override
  public void recovered(long seq) {
    durability.recovered(seq);
    log.accept("The journal works again.");
  }
}
