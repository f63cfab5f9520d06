package dev.tocsin.model.input;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.tenant.Tenant;
import java.util.List;

/// What the engine is stepped with. The sequencer gives every input its `(seq, now)`; the journal
/// keeps all of them, so that the same inputs give the same alerts again.
public sealed interface Input {
  /// All samples of one request or scrape, atomic. `receivedNanos` is wall time in Unix nanoseconds
  /// when its first byte was read. The slabs belong to the pipeline again when every reader is past
  /// them: keep nothing of them.
  ///
  /// @param partial whether it may have a part of a scrape only, the rest of which comes in other
  ///   transactions
  record Transaction(
      Tenant tenant,
      long receivedNanos,
      boolean partial,
      List<SeriesDefinition> definitions,
      List<Slab> slabs)
      implements Input {
    /// Of whole scrapes.
    public Transaction(
        Tenant tenant, long receivedNanos, List<SeriesDefinition> definitions, List<Slab> slabs) {
      this(tenant, receivedNanos, false, definitions, slabs);
    }

    public int sampleCount() {
      int count = 0;
      for (Slab slab : slabs) {
        count += slab.count();
      }
      return count;
    }
  }

  /// Time has come to `now`: fire what is due.
  record Tick() implements Input {}

  /// From now on these rules. The text itself, so that a replay needs no other file.
  record Reload(RuleSet rules) implements Input {}

  /// A receiver answered: `accepted` is false where it refused for good. `id` is `AlertEvent.id()`.
  record Delivered(String id, String receiver, long atMs, boolean accepted) implements Input {}

  /// The intake has forgotten series that got no sample for a long time. What is remembered of them
  /// goes, but for what a rule still needs.
  ///
  /// @param refs their references, which are never given again
  /// @param beforeMs series of rules, too, whose samples are all before that; Unix milliseconds
  record Expire(List<Integer> refs, long beforeMs) implements Input {
    public Expire {
      refs = List.copyOf(refs);
    }
  }

  /// The process started anew and has replayed its journal: what comes from here on comes after an
  /// outage.
  record Restarted() implements Input {}
}
