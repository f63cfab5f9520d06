package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.LabelTrail;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.world.time.Clock;
import java.util.function.DoubleSupplier;

/// Where everything comes in. A source names its series ([#ref]), claims room for a whole request
/// ([#begin]), fills it and commits; whoever has another input submits it. Any thread.
public final class Intake {
  private final Ring ring;
  private final SeriesTable table;
  private final Accounting accounting;
  private final Sequencer sequencer;
  private final Credit credit;
  private final RefusedSeries refusedSeries;
  private final int samplesMax;
  private final int histogramBytesMax;

  /// @param ring continues where the journal ended
  /// @param table restored, if there is something to restore
  /// @param stagingFill how full the journal's staging is, from 0 to 1; any thread
  /// @param lastNowMs the newest time given before the start; time does not go back behind it
  public Intake(
      Clock clock,
      Ring ring,
      SeriesTable table,
      Accounting accounting,
      DoubleSupplier stagingFill,
      long lastNowMs) {
    this.ring = ring;
    this.table = table;
    this.accounting = accounting;
    this.refusedSeries = new RefusedSeries(clock);
    this.sequencer = new Sequencer(clock, ring, table, accounting, refusedSeries, lastNowMs);
    this.credit = new Credit(clock, ring, stagingFill);
    this.histogramBytesMax = ring.size().histogramBytes() / 2;
    this.samplesMax =
        Math.min(Limits.TRANSACTION_SAMPLES_MAX, ring.size().slabs() / 2 * Slab.CAPACITY);
  }

  /// The most samples a transaction may have; a larger request is refused as `too_large`.
  public int samplesMax() {
    return samplesMax;
  }

  /// The most bytes the native histograms of a transaction may have together, encoded; a larger
  /// request is refused as `too_large`.
  public int histogramBytesMax() {
    return histogramBytesMax;
  }

  /// The reference of a series; -1 where it is new and there is no room for it (`series_limit`).
  ///
  /// @throws IllegalArgumentException where a name or value has no UTF-8, or more than 65,535 bytes
  public int ref(Tenant tenant, Labels labels) {
    byte[] key = SeriesKey.of(labels);
    return sequencer.ref(tenant, key, 0, key.length);
  }

  /// The same, by the canonical bytes of its labels ([SeriesKey]). Allocates nothing for a series
  /// that is known.
  ///
  /// @throws IllegalArgumentException where the series is new and the bytes are not canonical
  public int ref(Tenant tenant, byte[] buffer, int from, int to) {
    return sequencer.ref(tenant, buffer, from, to);
  }

  /// The reference of a series that has one, by the same bytes; -1 where it has none. Allocates
  /// nothing.
  public int find(Tenant tenant, byte[] buffer, int from, int to) {
    return table.find(tenant, buffer, from, to);
  }

  /// Where the labels of a series end, if the bytes from an offset begin with them in remote
  /// write's form ([SeriesNames#endOfMessages]); otherwise -1. Far cheaper than to look for the
  /// series: nothing is parsed, sorted or hashed.
  ///
  /// @param ref of the tenant whose bytes these are
  /// @param trail of these bytes
  public int labelsEnd(int ref, byte[] wire, int from, int to, LabelTrail trail) {
    return table.labelsEnd(ref, wire, from, to, trail);
  }

  /// Whether these are the labels of a series, by name ([SeriesNames#hasLabels]). Cheaper than to
  /// look for the series: nothing is checked, sorted or hashed.
  ///
  /// @param ref of the tenant whose bytes these are
  /// @param spans four offsets for each label: name from, to, value from, to
  public boolean hasLabels(int ref, byte[] bytes, int[] spans, int count) {
    return table.hasLabels(ref, bytes, spans, count);
  }

  /// The series that came behind this one the last time, of the same tenant; -1: none did.
  public int after(int ref) {
    return table.successors().get(ref);
  }

  /// Notes for [#after] that one series came behind another one of the same tenant.
  public void follows(int ref, int next) {
    table.successors().set(ref, next);
  }

  /// Claims room for a transaction, all of it or none.
  ///
  /// @param samples how many it will add or refuse, exactly; at most [#samplesMax]
  /// @param receivedNanos wall time in Unix nanoseconds when its first byte was read
  /// @throws IllegalArgumentException with more samples than that
  public Admission begin(Tenant tenant, int samples, long receivedNanos) {
    return begin(tenant, samples, 0, receivedNanos);
  }

  /// The same with native histograms, which are samples too.
  ///
  /// @param histogramBytes how many they have together, encoded; at most [#histogramBytesMax]
  /// @throws IllegalArgumentException with more bytes than that
  public Admission begin(Tenant tenant, int samples, int histogramBytes, long receivedNanos) {
    if (samples < 0 || samples > samplesMax) {
      throw new IllegalArgumentException(samples + " samples; the most is " + samplesMax);
    }
    if (histogramBytes < 0 || histogramBytes > histogramBytesMax) {
      throw new IllegalArgumentException(
          histogramBytes + " bytes of histograms; the most is " + histogramBytesMax);
    }
    Slab[] slabs = ring.claim(Sequencer.slabsFor(samples), histogramBytes);
    if (slabs == null) {
      return new Admission.Busy(
          credit.retryAfterMs(),
          "the ring is full: %d of %d slabs, %d of %d bytes of histograms and %d of %d inputs are in use"
              .formatted(
                  ring.slabsInUse(),
                  ring.size().slabs(),
                  ring.histogramBytesInUse(),
                  ring.size().histogramBytes(),
                  ring.entriesInUse(),
                  ring.size().entries()));
    }
    accounting.admitted(samples);
    return new Admission.Admitted(
        new Staging(
            sequencer,
            table,
            ring,
            accounting,
            tenant,
            receivedNanos,
            slabs,
            samples,
            histogramBytes));
  }

  /// Counts samples that were refused before they were admitted.
  public void refuse(Refusal reason, int samples) {
    accounting.refusedUnadmitted(reason, samples);
  }

  /// Gives a `Tick`, `Reload` or `Delivered` its place in the sequence, and its time. Returns the
  /// sequence number; 0 where the ring has no place for it now: come again. A tick finds one while
  /// others do not, see `Limits.RING_ENTRIES_FOR_TICKS`.
  public long submit(Input input) {
    if (input instanceof Input.Transaction || input instanceof Input.Expire) {
      throw new IllegalArgumentException("a transaction is begun and committed; see expire");
    }
    return sequencer.submit(input);
  }

  /// How fast sources may go now.
  public Pace pace() {
    return credit.pace();
  }

  /// The newest sequence number given.
  public long lastSeq() {
    return ring.lastSeq();
  }

  /// Series that have a reference.
  public int seriesCount() {
    return table.count();
  }

  /// How much of what series may take is taken, 0 to 1.
  public double seriesFill() {
    return table.fill();
  }

  /// Whether a reference is good: it was given, and its series was not forgotten since.
  public boolean isGiven(int ref) {
    return table.isGiven(ref);
  }

  /// Who brings series for which there is no room.
  public RefusedSeries refusedSeries() {
    return refusedSeries;
  }

  /// Forgets those of these series that got no sample since the engine looked, and tells the engine
  /// and the journal. Returns the sequence number; 0 where the ring has no place for it now.
  ///
  /// @param refs of series without a sample for a long time
  /// @param lastTimesMs the time of the newest sample of each that the engine has
  /// @param beforeMs rules' own series whose samples are all before that are to go too
  public long expire(int[] refs, long[] lastTimesMs, long beforeMs) {
    return sequencer.expire(refs, lastTimesMs, beforeMs);
  }

  /// Goes on with leaving the names of series behind that are gone: a piece of work at a time, to
  /// be asked for again and again. Returns whether there is more.
  ///
  /// @param most series looked at
  public boolean renewNames(int most) {
    return sequencer.renewNames(most);
  }
}
