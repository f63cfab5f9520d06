package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.accounting.RefusalCounts;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.world.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one place where order is made: every input gets its sequence number and its time here, every
/// series its reference, and every sample is taken or refused, all under one lock that is held for
/// a transaction at most. Any thread.
final class Sequencer {
  private static final Slab[] NO_SLABS = {};

  private final ReentrantLock lock = new ReentrantLock();
  private final Definitions definitions = new Definitions();
  private final Clock clock;
  private final Ring ring;
  private final SeriesTable table;
  private final Accounting accounting;
  private final RefusedSeries refusedSeries;
  private long lastNowMs;

  Sequencer(
      Clock clock,
      Ring ring,
      SeriesTable table,
      Accounting accounting,
      RefusedSeries refusedSeries,
      long lastNowMs) {
    this.clock = clock;
    this.ring = ring;
    this.table = table;
    this.accounting = accounting;
    this.refusedSeries = refusedSeries;
    this.lastNowMs = lastNowMs;
  }

  /// The reference of a series, a new one where it is not known; -1 beyond a limit.
  ///
  /// @throws IllegalArgumentException where a key that is not known is not canonical
  int ref(Tenant tenant, byte[] buffer, int from, int to) {
    int ref = table.find(tenant, buffer, from, to);
    if (ref >= 0) {
      return ref;
    }
    if (!table.hasRoomFor(tenant, to - from)) {
      refusedSeries.refused(tenant);
      return -1;
    }
    // Outside of the lock: this is the dear part.
    Labels labels = SeriesKey.toLabels(buffer, from, to);
    int length = to - from;
    boolean sentAhead = false;
    lock.lock();
    try {
      ref = table.find(tenant, buffer, from, to);
      if (ref < 0) {
        if (!definitions.hasRoomFor(length)) {
          sentAhead = sendDefinitionsAhead();
        }
        ref = define(tenant, labels, length);
      }
    } finally {
      lock.unlock();
    }
    if (ref < 0) {
      refusedSeries.refused(tenant);
    }
    if (sentAhead) {
      ring.wakeReaders();
    }
    return ref;
  }

  /// A new series; -1 where there is no room for it.
  private int define(Tenant tenant, Labels labels, int keyLength) {
    if (!table.hasRoomFor(tenant, keyLength) || !definitions.hasRoomFor(keyLength)) {
      return -1;
    }
    int ref = table.add(tenant, labels);
    definitions.add(new SeriesDefinition(ref, tenant, labels), keyLength);
    return ref;
  }

  /// The reference that a series has now which was forgotten while its samples were on their way;
  /// -1 where it cannot have one.
  private int again(int ref) {
    Tenant tenant = table.former().tenant(ref);
    Labels labels = table.former().labels(ref);
    if (tenant == null || labels == null) {
      return -1;
    }
    byte[] key = SeriesKey.of(labels);
    int now = table.find(tenant, key, 0, key.length);
    return now >= 0 ? now : define(tenant, labels, key.length);
  }

  /// Forgets those of these series that are as they were when the engine looked, and tells it and
  /// the journal: the sequence number, or 0 where the ring has no place for it now.
  ///
  /// @param refs of series without a sample for a long time
  /// @param lastTimesMs the time of the newest sample of each that the engine has
  /// @param beforeMs rules' own series whose samples are all before that are to go too
  long expire(int[] refs, long[] lastTimesMs, long beforeMs) {
    long seq;
    lock.lock();
    try {
      List<Integer> gone = new ArrayList<>(refs.length);
      for (int i = 0; i < refs.length; i++) {
        if (table.isGiven(refs[i]) && table.last().timeMs(refs[i]) == lastTimesMs[i]) {
          gone.add(refs[i]);
        }
      }
      long nowMs = now();
      Input.Expire input = new Input.Expire(gone, beforeMs);
      if (!ring.claimEntry(input)) {
        return 0;
      }
      gone.forEach(table::forget);
      seq = publish(input, nowMs);
    } finally {
      lock.unlock();
    }
    ring.wakeReaders();
    return seq;
  }

  /// See [SeriesTable#renew].
  boolean renewNames(int most) {
    lock.lock();
    try {
      return table.renew(most);
    } finally {
      lock.unlock();
    }
  }

  /// An input without samples: its sequence number, or 0 where the ring has no place for it now.
  long submit(Input input) {
    long seq;
    lock.lock();
    try {
      long nowMs = now();
      if (!ring.claimEntry(input)) {
        return 0;
      }
      seq = publish(input, nowMs);
    } finally {
      lock.unlock();
    }
    ring.wakeReaders();
    return seq;
  }

  /// Takes what can be taken of a transaction, whose slabs, bytes and entry are claimed, and gives
  /// back what it does not need. Where it throws, nothing has happened to the claims and the
  /// accounts. The caller wakes the readers.
  ///
  /// @param partial see `Input.Transaction`
  /// @param bytes claimed for histograms
  /// @param refused samples that the source refused itself; the others are added here
  /// @param places told of each of those others
  Receipt commit(
      Tenant tenant,
      long receivedNanos,
      boolean partial,
      Slab[] slabs,
      int bytes,
      RefusalCounts refused,
      RefusedPlaces places) {
    boolean published = false;
    int accepted;
    int kept;
    int keptBytes;
    long seq;
    lock.lock();
    try {
      long nowMs = now();
      accepted = sift(slabs, nowMs, refused, places);
      kept = slabsFor(accepted);
      keptBytes = histogramBytes(slabs, kept);
      if (accepted > 0 || !definitions.isEmpty()) {
        seq = ring.lastSeq() + 1;
        Entry entry =
            new Entry(seq, nowMs, transaction(tenant, receivedNanos, partial, slabs, kept));
        accounting.sequenced(seq, accepted, refused);
        ring.publish(entry);
        published = true;
      } else {
        seq = ring.lastSeq();
        accounting.sequenced(seq, 0, refused);
      }
    } finally {
      lock.unlock();
    }
    ring.unclaim(slabs, kept);
    ring.unclaimBytes(bytes - keptBytes);
    if (!published) {
      ring.unclaimEntry();
    }
    return new Receipt(seq, accepted, byReason(refused), (int) refused.histogramErrors());
  }

  static int slabsFor(int samples) {
    return (samples + Slab.CAPACITY - 1) / Slab.CAPACITY;
  }

  private static int histogramBytes(Slab[] slabs, int kept) {
    int bytes = 0;
    for (int i = 0; i < kept; i++) {
      bytes += slabs[i].histogramBytes();
    }
    return bytes;
  }

  private Input.Transaction transaction(
      Tenant tenant, long receivedNanos, boolean partial, Slab[] slabs, int kept) {
    Slab[] full = kept == slabs.length ? slabs : Arrays.copyOf(slabs, kept);
    return new Input.Transaction(tenant, receivedNanos, partial, definitions.take(), List.of(full));
  }

  /// The series that wait go into a transaction without samples. False: no place in the ring.
  private boolean sendDefinitionsAhead() {
    long nowMs = now();
    Input.Transaction probe = new Input.Transaction(Tenant.DEFAULT, 0, List.of(), List.of());
    if (!ring.claimEntry(probe)) {
      return false;
    }
    publish(transaction(probe.tenant(), nowMs * 1_000_000, false, NO_SLABS, 0), nowMs);
    return true;
  }

  private long now() {
    lastNowMs = Math.max(lastNowMs, clock.wallMillis());
    return lastNowMs;
  }

  private long publish(Input input, long nowMs) {
    long seq = ring.lastSeq() + 1;
    ring.publish(new Entry(seq, nowMs, input));
    return seq;
  }

  /// Keeps the accepted samples, without gaps and in order, in the first slabs; the others are
  /// empty afterwards. Returns how many were accepted.
  private int sift(Slab[] slabs, long nowMs, RefusalCounts refused, RefusedPlaces places) {
    LastSamples last = table.last();
    int accepted = 0;
    int target = 0;
    int place = -1;
    for (int s = 0; s < slabs.length; s++) {
      Slab slab = slabs[s];
      int count = slab.count();
      int untouched = 0;
      if (slab.histograms() == null && accepted == s * Slab.CAPACITY) {
        // All before were taken and lie where they belong; nearly always this is all there is.
        untouched = last.offerAll(slab, nowMs);
        accepted += untouched;
        place += untouched;
        target = s;
        if (untouched == count) {
          continue;
        }
      }
      @Nullable EncodedHistogram[] histograms = slab.histograms();
      // Clearing keeps the arrays' content, and what is kept moves only towards the front.
      slab.keep(untouched);
      for (int i = untouched; i < count; i++) {
        place++;
        int ref = slab.refs[i];
        long timeMs = slab.timesMs[i];
        double value = slab.values[i];
        EncodedHistogram histogram = histograms == null ? null : histograms[i];
        long bits = histogram == null ? Double.doubleToRawLongBits(value) : histogram.fingerprint();
        Refusal refusal = last.offer(ref, timeMs, bits, nowMs);
        if (refusal == Refusal.BUSY) {
          int now = again(ref);
          refusal = now < 0 ? refusal : last.offer(now, timeMs, bits, nowMs);
          ref = now;
        }
        if (refusal != null) {
          if (histogram == null) {
            refused.add(refusal, 1);
          } else {
            refused.addHistogram(refusal);
          }
          places.refused(place, refusal);
          continue;
        }
        if (slabs[target].isFull()) {
          target++;
        }
        if (histogram == null) {
          slabs[target].add(ref, timeMs, value);
        } else {
          slabs[target].addHistogram(ref, timeMs, histogram);
        }
        accepted++;
      }
    }
    return accepted;
  }

  private static Map<Refusal, Integer> byReason(RefusalCounts refused) {
    if (refused.isEmpty()) {
      return Map.of();
    }
    Map<Refusal, Integer> reasons = new EnumMap<>(Refusal.class);
    refused.forEach((reason, samples) -> reasons.put(reason, (int) samples));
    return reasons;
  }
}
