package dev.tocsin.promql.eval;

import java.util.Arrays;

/// Counts the samples that one evaluation looks at.
final class Tally {
  private long total;
  private long read;
  private long peak;
  private int deep;
  private long inner;
  private int steps;
  private long[] totalPerStep = new long[1];
  private long[] readPerStep = new long[1];
  private long totalBefore;
  private long readBefore;

  /// A selector found so many samples.
  void selected(long samples) {
    counted(samples);
    read += samples;
  }

  /// A window has so many samples, some of them new since the step before.
  void inWindow(long samples, long fresh) {
    counted(samples);
    read += fresh;
  }

  private void counted(long samples) {
    if (deep == 0) {
      total += samples;
    } else if (deep == 1) {
      inner += samples;
    }
  }

  /// What was found once holds for this step too.
  void again(long samples) {
    counted(samples);
  }

  /// So many as [#again] would be given, since a count taken before.
  long counted() {
    return deep == 0 ? total : inner;
  }

  void enterSubquery() {
    deep++;
  }

  void leaveSubquery() {
    deep--;
  }

  /// The subquery was the query itself: what it found counts.
  void takeInner() {
    total += inner;
  }

  void held(long samples) {
    peak = Math.max(peak, samples);
  }

  /// A step of the query itself is done.
  void stepDone() {
    if (steps == totalPerStep.length) {
      totalPerStep = Arrays.copyOf(totalPerStep, steps * 2);
      readPerStep = Arrays.copyOf(readPerStep, steps * 2);
    }
    totalPerStep[steps] = total - totalBefore;
    readPerStep[steps++] = read - readBefore;
    totalBefore = total;
    readBefore = read;
  }

  SampleCounts counts() {
    return new SampleCounts(
        total, read, peak, Arrays.copyOf(totalPerStep, steps), Arrays.copyOf(readPerStep, steps));
  }
}
