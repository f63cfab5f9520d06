package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.accounting.RefusalCounts;
import dev.tocsin.pipeline.ring.Ring;

/// A transaction that is being filled. Invisible until [#commit]. One thread.
///
/// Meant for try-with-resources: what is neither committed nor abandoned when it is closed is
/// abandoned then, so that a source that throws leaks no place.
public final class Staging implements AutoCloseable {
  private final Sequencer sequencer;
  private final SeriesTable table;
  private final Ring ring;
  private final Accounting accounting;
  private final Tenant tenant;
  private final long receivedNanos;
  private final Slab[] slabs;
  private final int samples;
  private final int histogramBytes;
  private final RefusalCounts refused = new RefusalCounts();
  private int handled;
  private int bytesHandled;
  private int filling;
  private boolean partial;
  private boolean open = true;

  Staging(
      Sequencer sequencer,
      SeriesTable table,
      Ring ring,
      Accounting accounting,
      Tenant tenant,
      long receivedNanos,
      Slab[] slabs,
      int samples,
      int histogramBytes) {
    this.sequencer = sequencer;
    this.table = table;
    this.ring = ring;
    this.accounting = accounting;
    this.tenant = tenant;
    this.receivedNanos = receivedNanos;
    this.slabs = slabs;
    this.samples = samples;
    this.histogramBytes = histogramBytes;
  }

  /// One sample, of the series that `Intake.ref` gave. Whether it is taken shows at the commit.
  ///
  /// @throws IllegalArgumentException where the reference was never given
  /// @throws IllegalStateException beyond the number of samples it was admitted with
  public void add(int ref, long timeMs, double value) {
    place(ref).add(ref, timeMs, value);
  }

  /// Many at once, `[from, to)` of each array.
  ///
  /// @throws IllegalArgumentException where a reference was never given; then none is added
  /// @throws IllegalStateException beyond the number of samples it was admitted with
  public void addAll(int[] refs, long[] timesMs, double[] values, int from, int to) {
    int size = table.size();
    for (int i = from; i < to; i++) {
      if (refs[i] < 0 || refs[i] >= size) {
        throw new IllegalArgumentException("no series has the reference " + refs[i]);
      }
    }
    count(to - from);
    int at = from;
    while (at < to) {
      if (slabs[filling].isFull()) {
        filling++;
      }
      at += slabs[filling].addAll(refs, timesMs, values, at, to);
    }
  }

  /// The same with a native histogram.
  ///
  /// @throws IllegalStateException also beyond the bytes it was admitted with
  public void addHistogram(int ref, long timeMs, EncodedHistogram histogram) {
    if (histogram.size() > histogramBytes - bytesHandled) {
      throw new IllegalStateException(
          "admitted with " + histogramBytes + " bytes of histograms, has " + bytesHandled);
    }
    Slab slab = place(ref);
    bytesHandled += histogram.size();
    slab.addHistogram(ref, timeMs, histogram);
  }

  private Slab place(int ref) {
    if (ref < 0 || ref >= table.size()) {
      throw new IllegalArgumentException("no series has the reference " + ref);
    }
    count(1);
    if (slabs[filling].isFull()) {
      filling++;
    }
    return slabs[filling];
  }

  /// Samples that the source itself refuses after it was admitted (a series beyond the limit).
  public void refuse(Refusal reason, int refusedSamples) {
    count(refusedSamples);
    refused.add(reason, refusedSamples);
  }

  /// The rest of its scrapes may come in other transactions.
  public void mayBePartial() {
    requireOpen();
    partial = true;
  }

  /// Gives it its place in the sequence. Samples it was admitted with, but that never came, are
  /// counted as abandoned.
  public Receipt commit() {
    return commit(RefusedPlaces.UNHEARD);
  }

  /// The same, and says which of the samples were not taken.
  ///
  /// @param places by the order in which samples were added, from 0
  public Receipt commit(RefusedPlaces places) {
    requireOpen();
    refused.add(Refusal.ABANDONED, samples - handled);
    handled = samples;
    Receipt receipt =
        sequencer.commit(tenant, receivedNanos, partial, slabs, histogramBytes, refused, places);
    open = false;
    ring.wakeReaders();
    return receipt;
  }

  /// Gives everything back; all its samples are counted as refused for this reason.
  public void abandon(Refusal reason) {
    requireOpen();
    open = false;
    ring.unclaim(slabs, 0);
    ring.unclaimBytes(histogramBytes);
    ring.unclaimEntry();
    accounting.refusedAdmitted(reason, samples);
  }

  @Override
  public void close() {
    if (open) {
      abandon(Refusal.ABANDONED);
    }
  }

  private void count(int more) {
    requireOpen();
    if (more < 0 || more > samples - handled) {
      throw new IllegalStateException(
          "admitted with " + samples + " samples, has " + handled + ", gets " + more + " more");
    }
    handled += more;
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("committed or abandoned already");
    }
  }
}
