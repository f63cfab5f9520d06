package dev.tocsin.bench.memory;

import java.util.Locale;

/// What so many series cost; bytes of all of them together.
///
/// @param unique whether each has a label value of its own
/// @param wireBytes of the labels of one in a remote-write request, on average
/// @param firstBytes with one sample each
/// @param allBytes with all samples
/// @param historyBytes of it compressed samples
/// @param journalBytes of it gone with the journal's table
/// @param intakeBytes of it gone with the intake
/// @param engineBytes of it gone with engine and store
/// @param namesBytes of it gone with the names they share
/// @param full the collections with all samples
public record SeriesCost(
    int series,
    boolean unique,
    int wireBytes,
    long firstBytes,
    long allBytes,
    long historyBytes,
    long journalBytes,
    long intakeBytes,
    long engineBytes,
    long namesBytes,
    FullCollection full) {
  private static final int STEP_MS = 15_000;
  private static final long HISTORY_BYTES_MAX = 1 << 30;

  /// Runs it: seconds for 100,000 series, a minute for a million.
  ///
  /// @param rules that read the series; their nodes are counted with the engine
  public static SeriesCost measure(int series, boolean unique, int rounds, ReadingRules rules) {
    ClusterSeries names = new ClusterSeries(unique);
    long wireBytes = 0;
    for (int i = 0; i < series; i++) {
      wireBytes += ClusterSeries.wireBytes(names.labels(i));
    }
    SeriesRig rig = new SeriesRig(names, series, HISTORY_BYTES_MAX);
    long before = FullCollection.now().liveBytes();
    rig.load(rules.set());
    rig.round(0, STEP_MS);
    long first = FullCollection.now().liveBytes() - before;
    for (int round = 1; round < rounds; round++) {
      rig.round(round, STEP_MS);
    }
    FullCollection full = FullCollection.now();
    long historyBytes = rig.stats().blockBytes();
    rig.dropJournal();
    long withoutJournal = FullCollection.now().liveBytes();
    rig.dropIntake();
    long withoutIntake = FullCollection.now().liveBytes();
    rig.dropEngine();
    long withoutEngine = FullCollection.now().liveBytes();
    rig.dropNames();
    long withoutNames = FullCollection.now().liveBytes();
    return new SeriesCost(
        series,
        unique,
        (int) (wireBytes / series),
        first,
        full.liveBytes() - before,
        historyBytes,
        full.liveBytes() - withoutJournal,
        withoutJournal - withoutIntake,
        withoutIntake - withoutEngine,
        withoutEngine - withoutNames,
        full);
  }

  /// Bytes of each series, rounded.
  public String perSeries(long bytes) {
    return String.format(Locale.ROOT, "%d B", Math.round((double) bytes / series));
  }
}
