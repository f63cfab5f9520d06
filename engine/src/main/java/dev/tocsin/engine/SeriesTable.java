package dev.tocsin.engine;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input.Transaction;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.store.Store;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Which series of the store a reference means, and when its last samples came in. Engine's thread.
final class SeriesTable {
  static final int NONE = -1;

  private final Store store;

  /// By reference: the id of the store + 1; 0 where there is none.
  private final IntPages idOfRef = new IntPages();

  private int refs;

  /// By id of the store; 0 for series that no transaction has touched.
  private final LongPages receivedNanos = new LongPages();

  private long samplesWithoutSeries;

  SeriesTable(Store store) {
    this.store = store;
  }

  /// Samples that the store does not take (not newer, or no room for their series) are dropped: the
  /// intake has counted and refused them before.
  ///
  /// @param written is told of those it takes
  void apply(Transaction transaction, RuleWriter.Written written) {
    for (SeriesDefinition definition : transaction.definitions()) {
      define(definition.ref(), store.intern(definition.tenant(), definition.labels()));
    }
    for (Slab slab : transaction.slabs()) {
      apply(slab, transaction.receivedNanos(), written);
    }
  }

  private void apply(Slab slab, long nanos, RuleWriter.Written written) {
    @Nullable EncodedHistogram[] histograms = slab.histograms();
    for (int i = 0; i < slab.count(); i++) {
      int ref = slab.refs[i];
      int id = idOfRef.get(ref) - 1;
      if (id == NONE) {
        samplesWithoutSeries++;
      } else if (append(id, slab, i, histograms)) {
        receivedNanos.set(id, nanos);
        written.written(id, slab.timesMs[i]);
      }
    }
  }

  private boolean append(
      int id, Slab slab, int i, @Nullable EncodedHistogram @Nullable [] histograms) {
    EncodedHistogram histogram = histograms == null ? null : histograms[i];
    return histogram == null
        ? store.append(id, slab.timesMs[i], slab.values[i])
        : store.appendHistogram(id, slab.timesMs[i], histogram);
  }

  private void define(int ref, int id) {
    idOfRef.set(ref, id + 1);
    refs = Math.max(refs, ref + 1);
  }

  /// Wall time in Unix nanoseconds when the last samples of the series were read from the wire; 0
  /// where it is made by rules.
  long receivedNanos(int id) {
    return receivedNanos.get(id);
  }

  /// Samples whose series was never defined, or had no room.
  long samplesWithoutSeries() {
    return samplesWithoutSeries;
  }

  void forEach(ReferenceVisitor visitor) {
    for (int ref = 0; ref < refs; ref++) {
      int id = idOfRef.get(ref) - 1;
      if (id != NONE) {
        visitor.visit(
            ref, store.tenant(id), store.labels(id), store.lastTimeMs(id), store.lastBits(id));
      }
    }
  }

  FrozenSeriesTable freeze() {
    return new FrozenSeriesTable(samplesWithoutSeries, refs, idOfRef.copy(), receivedNanos.copy());
  }

  void read(StateReader in) throws IOException {
    samplesWithoutSeries = in.number();
    int count = in.count();
    for (int ref = 0; ref < count; ref++) {
      int id = in.integer();
      if (id < NONE || id >= store.seriesCount()) {
        throw new IOException("not a checkpoint: reference " + ref + " means series " + id);
      }
      define(ref, id);
      if (id != NONE) {
        receivedNanos.set(id, in.number());
      }
    }
  }
}
