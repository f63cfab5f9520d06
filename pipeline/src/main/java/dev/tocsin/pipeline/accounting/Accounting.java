package dev.tocsin.pipeline.accounting;

import dev.tocsin.model.limit.Limits;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what became of every sample: `received = applied_durable + applied_undurable + refused +
/// in_flight` at every moment. Each of these is a counter of its own, moved once a transaction
/// under one short lock; none is calculated from the others. What was received is counted at the
/// door, what is in flight when it is admitted and when it settles, and what was applied by what
/// the engine had of it: samples that got lost on the way leave the sum short. Counts start at zero
/// with the process. Any thread.
///
/// A transaction's samples are in flight from its admission until the engine is past it and the
/// journal has decided whether it is durable.
public final class Accounting {
  private static final Refusal[] REFUSALS = Refusal.values();

  private final ReentrantLock lock = new ReentrantLock();
  private final RefusalCounts refused = new RefusalCounts();
  private final Unsettled unsettled;
  private long received;
  private long appliedDurable;
  private long appliedUndurable;
  private long inFlight;
  private long engineThrough;
  private long failedFrom = Long.MAX_VALUE;

  public Accounting() {
    this(Limits.UNSETTLED_MAX);
  }

  Accounting(int unsettledMax) {
    unsettled = new Unsettled(unsettledMax);
  }

  /// All numbers at one moment.
  public Accounts snapshot() {
    lock.lock();
    try {
      Map<Refusal, Long> reasons = new EnumMap<>(Refusal.class);
      for (Refusal reason : REFUSALS) {
        reasons.put(reason, refused.get(reason));
      }
      return new Accounts(received, appliedDurable, appliedUndurable, reasons, inFlight);
    } finally {
      lock.unlock();
    }
  }

  /// Samples that were refused before they were admitted.
  public void refusedUnadmitted(Refusal reason, int samples) {
    lock.lock();
    try {
      received += samples;
      refused.add(reason, samples);
    } finally {
      lock.unlock();
    }
  }

  /// Samples that have a place in the ring from now on.
  public void admitted(int samples) {
    lock.lock();
    try {
      received += samples;
      inFlight += samples;
    } finally {
      lock.unlock();
    }
  }

  /// Admitted samples that are refused after all.
  public void refusedAdmitted(Refusal reason, int samples) {
    lock.lock();
    try {
      refuseAdmitted(reason, samples);
    } finally {
      lock.unlock();
    }
  }

  /// A transaction got its place in the sequence: called in the order of `seq`, before a reader can
  /// see it.
  ///
  /// @param accepted admitted samples that stay in flight
  /// @param refusedNow admitted samples that are refused
  public void sequenced(long seq, int accepted, RefusalCounts refusedNow) {
    lock.lock();
    try {
      if (!refusedNow.isEmpty()) {
        refusedNow.forEach(this::refuseAdmitted);
      }
      if (accepted > 0) {
        unsettled.add(seq, accepted, seq >= failedFrom ? Fate.UNDURABLE : Fate.OPEN);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The engine is past this input and all before.
  ///
  /// @param samples that it had of this input
  public void enginePast(long seq, int samples) {
    lock.lock();
    try {
      engineThrough = Math.max(engineThrough, seq);
      if (samples > 0 && !unsettled.taken(seq, samples)) {
        appliedUndurable += samples; // from nowhere: the sum says so
      }
      settle();
    } finally {
      lock.unlock();
    }
  }

  void durable(long throughSeq) {
    lock.lock();
    try {
      unsettled.decide(0, throughSeq, Fate.DURABLE);
      settle();
    } finally {
      lock.unlock();
    }
  }

  void failed(long fromSeq) {
    lock.lock();
    try {
      failedFrom = Math.min(failedFrom, fromSeq);
      unsettled.decide(fromSeq, Long.MAX_VALUE, Fate.UNDURABLE);
      settle();
    } finally {
      lock.unlock();
    }
  }

  void recovered(long seq) {
    lock.lock();
    try {
      failedFrom = Long.MAX_VALUE;
      unsettled.decide(0, seq, Fate.DURABLE);
      settle();
    } finally {
      lock.unlock();
    }
  }

  private void refuseAdmitted(Refusal reason, long samples) {
    inFlight -= samples;
    refused.add(reason, samples);
  }

  private void settle() {
    while (!unsettled.isEmpty() && unsettled.seq() <= engineThrough) {
      long samples = unsettled.samples();
      long taken = unsettled.taken();
      switch (unsettled.fate()) {
        case OPEN -> {
          return;
        }
        case DURABLE -> appliedDurable += taken;
        case UNDURABLE -> appliedUndurable += taken;
      }
      inFlight -= samples;
      unsettled.remove();
    }
  }
}
