package dev.tocsin.promql.eval;

import java.util.Arrays;

/// Counts the samples that one evaluation looks at, for each step of the query.
final class Tally {
  private long[] totals = new long[1];
  private long[] reads = new long[1];
  private long peak;
  private int deep;
  private long inner;
  private int step;
  private int steps;

  /// A selector found so many samples.
  void selected(long samples) {
    counted(samples);
    read(samples);
  }

  /// A window has so many samples, some of them new since the step before.
  void inWindow(long samples, long fresh) {
    counted(samples);
    read(fresh);
  }

  private void counted(long samples) {
    if (deep == 0) {
      totals[step] += samples;
    } else if (deep == 1) {
      inner += samples;
    }
  }

  private void read(long samples) {
    reads[step] += samples;
  }

  /// What was found once holds for this step too.
  void again(long samples) {
    counted(samples);
  }

  /// So many as [#again] would be given, since a count taken before, at the same step.
  long counted() {
    return deep == 0 ? totals[step] : inner;
  }

  void enterSubquery() {
    deep++;
  }

  void leaveSubquery() {
    deep--;
  }

  /// The subquery was the query itself: what it found counts.
  void takeInner() {
    totals[step] += inner;
  }

  void held(long samples) {
    peak = Math.max(peak, samples);
  }

  /// From here on is counted for this step of the query: for who goes series by series. The steps
  /// of a subquery are none of the query's.
  void toStep(int next) {
    if (deep > 0) {
      return;
    }
    step = next;
    if (step >= totals.length) {
      int capacity = Math.max(step + 1, totals.length * 2);
      totals = Arrays.copyOf(totals, capacity);
      reads = Arrays.copyOf(reads, capacity);
    }
    steps = Math.max(steps, step);
  }

  /// The step that is counted for.
  int step() {
    return step;
  }

  /// A step of the query itself is done.
  void stepDone() {
    toStep(step + 1);
  }

  SampleCounts counts() {
    return new SampleCounts(
        Arrays.stream(totals).sum(),
        Arrays.stream(reads).sum(),
        peak,
        Arrays.copyOf(totals, steps),
        Arrays.copyOf(reads, steps));
  }
}
