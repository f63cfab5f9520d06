package dev.tocsin.bench.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a run did so far. Any thread.
public final class FuzzTally {
  /// @param cases how many texts
  /// @param understood how many of them are queries
  /// @param answered how many of these had a result
  public record Counts(long cases, long understood, long answered) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  private final Map<FuzzCase.Kind, Counts> counts = new EnumMap<>(FuzzCase.Kind.class);
  private final List<Finding> findings = new ArrayList<>();
  private long slowestNanos;
  private long slowest;

  synchronized void count(FuzzCase run, boolean understood, boolean answered, long nanos) {
    Counts before = counts.getOrDefault(run.kind(), Counts.NONE);
    counts.put(
        run.kind(),
        new Counts(
            before.cases + 1,
            before.understood + (understood ? 1 : 0),
            before.answered + (answered ? 1 : 0)));
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowest = run.number();
    }
  }

  synchronized void add(Finding finding) {
    findings.add(finding);
  }

  public synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  public synchronized Counts counts(FuzzCase.Kind kind) {
    return counts.getOrDefault(kind, Counts.NONE);
  }

  public synchronized Counts total() {
    Counts total = Counts.NONE;
    for (Counts each : counts.values()) {
      total =
          new Counts(
              total.cases + each.cases,
              total.understood + each.understood,
              total.answered + each.answered);
    }
    return total;
  }

  /// The number of the case that took longest.
  public synchronized long slowest() {
    return slowest;
  }

  public synchronized long slowestNanos() {
    return slowestNanos;
  }
}
