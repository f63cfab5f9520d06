package dev.tocsin.deliver.outbox;

import dev.tocsin.model.input.Input;

/// Hears what became of alerts. On the outbox's thread; must not block.
public interface OutboxListener {
  /// A receiver is done with an event: it accepted it, or it never will (`accepted` is false). For
  /// the sequencer, so that a restart does not send it again.
  void delivered(Input.Delivered delivered);

  /// Something people should know, as one sentence without secrets: a destination that cannot be
  /// reached any more or again, a refusal. One line per change, not per attempt.
  void log(String line);
}
