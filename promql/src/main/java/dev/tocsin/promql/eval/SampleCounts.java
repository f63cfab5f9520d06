package dev.tocsin.promql.eval;

/// How many samples a query looked at, counted as Prometheus counts them. A range query counts the
/// whole window at every step.
///
/// @param total samples of all selectors and windows; inside of a subquery nothing is counted, but
///   its result is, as a window
/// @param read the same, but a sample that windows of several steps share counts once, and what a
///   subquery reads counts too
/// @param peak the most that were held at once, as compared with the limit; this evaluator goes
///   step by step, so it is less than Prometheus's
/// @param totalPerStep `total` of each step
/// @param readPerStep `read` of each step; what a subquery reads counts at the first
public record SampleCounts(
    long total, long read, long peak, long[] totalPerStep, long[] readPerStep) {
  public static final SampleCounts NONE = new SampleCounts(0, 0, 0, new long[0], new long[0]);
}
