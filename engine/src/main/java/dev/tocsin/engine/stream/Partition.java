package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.ConditionState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.store.Store;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One partition of a watched rule. Engine's thread.
public final class Partition {
  static final long NEVER_MS = Long.MAX_VALUE;

  final Watch watch;

  /// What its series have in common; empty where there is only [#solo].
  final Labels key;

  /// The series of a partition that has only one; -1 where [#members] has them.
  final int solo;

  /// By leaf; empty where there is only [#solo].
  final Members[] members;

  @Nullable ConditionState state;

  /// The condition is proven false, without more samples, before this time of the query.
  long noUntilMs = Long.MIN_VALUE;

  /// How many proofs in a row held for one millisecond only.
  byte shortProofs;

  /// When it wakes; set by [Wakes].
  long wakeMs = NEVER_MS;

  /// Its timer; -1: none. Set by [Wakes].
  int timer = -1;

  /// From when on it is of interest; [#NEVER_MS]: not now. `Long.MIN_VALUE` where the rule has no
  /// `for`.
  long awaitedMs;

  /// Has an alert that fires: only samples can bring another one.
  boolean occupied;

  /// Waits for its turn in this step.
  boolean queued;

  /// A sample of its series became visible in this step, or one of its elements may fire now.
  boolean stirred;

  /// Its timer went off in this step.
  boolean woken;

  /// All its series were removed, and nobody watches it any more.
  boolean gone;

  /// When its other elements may fire, where it awaits several.
  private @Nullable PriorityQueue<Long> othersMs;

  Partition(Watch watch, Labels key, int solo, Members[] members) {
    this.watch = watch;
    this.key = key;
    this.solo = solo;
    this.members = members;
    this.awaitedMs = watch.isImmediate() ? Long.MIN_VALUE : NEVER_MS;
  }

  public Watch watch() {
    return watch;
  }

  /// Another element may fire at this time.
  void awaitAlso(long dueMs) {
    PriorityQueue<Long> known = othersMs;
    if (known == null) {
      known = new PriorityQueue<>();
      othersMs = known;
    }
    known.add(dueMs);
  }

  /// Whether it is looked at between slots, now or from some time on.
  boolean isOfInterest() {
    return awaitedMs != NEVER_MS;
  }

  void awaitNothing() {
    awaitedMs = NEVER_MS;
    othersMs = null;
  }

  /// Whether an element may fire since a time after `lastMs`, and not after `nowMs`.
  boolean fellDue(long lastMs, long nowMs) {
    boolean due = awaitedMs > lastMs && awaitedMs <= nowMs;
    PriorityQueue<Long> others = othersMs;
    while (others != null && !others.isEmpty() && others.peek() <= nowMs) {
      due |= others.remove() > lastMs;
    }
    return due;
  }

  /// When the next element may fire; [#NEVER_MS]: none that may not already.
  long nextDueMs(long nowMs) {
    if (awaitedMs > nowMs) {
      return awaitedMs;
    }
    PriorityQueue<Long> others = othersMs;
    return others == null || others.isEmpty() ? NEVER_MS : others.peek();
  }

  int count(int leaf) {
    return solo >= 0 ? 1 : members[leaf].count();
  }

  int id(int leaf, int member) {
    return solo >= 0 ? solo : members[leaf].id(member);
  }

  boolean has(int leaf, int id) {
    return members[leaf].has(id);
  }

  /// Whether none of its series has native histograms, of which plans prove nothing.
  boolean isPlain(Store store) {
    for (Members one : members) {
      for (int i = 0; i < one.count(); i++) {
        if (store.hasHistograms(one.id(i))) {
          return false;
        }
      }
    }
    return solo < 0 || !store.hasHistograms(solo);
  }

  ConditionState state() {
    ConditionState known = state;
    if (known == null) {
      known = new ConditionState();
      state = known;
    }
    return known;
  }

  /// By rule, then by the oldest series: the same whenever the partitions were made.
  int order(Partition other) {
    int byWatch = Integer.compare(watch.order(), other.watch.order());
    return byWatch != 0 ? byWatch : Integer.compare(oldest(), other.oldest());
  }

  private int oldest() {
    if (solo >= 0) {
      return solo;
    }
    int oldest = Integer.MAX_VALUE;
    for (Members one : members) {
      oldest = one.count() == 0 ? oldest : Math.min(oldest, one.id(0));
    }
    return oldest;
  }

  /// Members of all leaves together.
  int size() {
    int size = solo >= 0 ? 1 : 0;
    for (Members one : members) {
      size += one.count();
    }
    return size;
  }
}
