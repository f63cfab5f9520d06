package dev.tocsin.engine;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input.Transaction;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LivePages;
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

  /// By id of the store: the reference + 1; 0 where there is none.
  private final IntPages refOfId = new IntPages();

  private final LivePages liveRefs = new LivePages();
  private final LivePages linked = new LivePages();

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
      int id = store.intern(definition.tenant(), definition.labels());
      define(definition.ref(), id);
      if (id != NONE) {
        receivedNanos.set(id, transaction.receivedNanos());
      }
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
    if (id == NONE) {
      liveRefs.skipTo(ref + 1);
      return;
    }
    if (idOfRef.get(ref) == id + 1) {
      return;
    }
    unlink(ref);
    // What was forgotten by an input that a damaged journal has lost may come again as another one.
    unlink(refOfId.get(id) - 1);
    drop(liveRefs.add(ref));
    int emptied = linked.add(id);
    if (emptied != LivePages.NONE) {
      dropIds(emptied);
    }
    idOfRef.set(ref, id + 1);
    refOfId.set(id, ref + 1);
  }

  /// The reference means no series any more. Returns the one it meant, or [#NONE].
  int unlink(int ref) {
    int id = ref < 0 ? NONE : idOfRef.get(ref) - 1;
    if (id != NONE) {
      idOfRef.set(ref, 0);
      refOfId.set(id, 0);
      receivedNanos.set(id, 0);
      drop(liveRefs.remove(ref));
      int emptied = linked.remove(id);
      if (emptied != LivePages.NONE) {
        dropIds(emptied);
      }
    }
    return id;
  }

  private void drop(int ref) {
    if (ref != LivePages.NONE) {
      idOfRef.drop(ref);
    }
  }

  private void dropIds(int id) {
    refOfId.drop(id);
    receivedNanos.drop(id);
  }

  /// The first reference, from this one on, that means a series; [#NONE] where there is none.
  int next(int from) {
    for (int ref = liveRefs.seek(from); ref < liveRefs.next(); ref = liveRefs.seek(ref + 1)) {
      if (idOfRef.get(ref) != 0) {
        return ref;
      }
    }
    return NONE;
  }

  /// The series that the reference means, or [#NONE].
  int id(int ref) {
    return idOfRef.get(ref) - 1;
  }

  /// Whether a reference means the series.
  boolean isLinked(int id) {
    return refOfId.get(id) != 0;
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
    for (int ref = next(0); ref != NONE; ref = next(ref + 1)) {
      int id = id(ref);
      visitor.visit(
          ref, store.tenant(id), store.labels(id), store.lastTimeMs(id), store.lastBits(id));
    }
  }

  FrozenSeriesTable freeze() {
    return new FrozenSeriesTable(
        samplesWithoutSeries,
        liveRefs.next(),
        liveRefs.live(),
        idOfRef.copy(),
        receivedNanos.copy());
  }

  /// @param version of the engine's checkpoint; up to 3 all references ever given are in it
  void read(StateReader in, int version) throws IOException {
    samplesWithoutSeries = in.number();
    if (version < 4) {
      int count = in.count();
      for (int ref = 0; ref < count; ref++) {
        read(in, ref, in.integer());
      }
      return;
    }
    int end = in.integer();
    int count = in.count();
    int ref = -1;
    for (int i = 0; i < count; i++) {
      int next = in.integer();
      if (next <= ref || next >= end) {
        throw new IOException("not a checkpoint: reference " + next + " behind " + ref);
      }
      ref = next;
      read(in, ref, in.integer());
    }
    liveRefs.skipTo(end);
  }

  private void read(StateReader in, int ref, int id) throws IOException {
    if (id < NONE || id >= store.idsEnd() || (id != NONE && !store.isThere(id))) {
      throw new IOException("not a checkpoint: reference " + ref + " means series " + id);
    }
    define(ref, id);
    if (id != NONE) {
      receivedNanos.set(id, in.number());
    }
  }

  /// The reference that the next new series gets, or a later one.
  int end() {
    return liveRefs.next();
  }
}
