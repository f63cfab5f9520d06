package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.eval.window.ExtendedRates;
import dev.tocsin.promql.eval.window.Remarks;
import dev.tocsin.promql.eval.window.Window;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A range selector or a subquery: series, and a window that moves over them.
final class RangeInput {
  private final Supplier<List<Track>> source;
  private final Moment moment;
  private final long rangeMs;
  private final long beforeMs;
  private final long afterMs;
  private final boolean subquery;
  private final WindowMode mode;
  private Window window;
  private boolean startTimes;
  private @Nullable List<Track> tracks;
  private long fromMs;
  private long toMs;

  /// Up to which time the window of the step before has seen the samples.
  private long seenMs = Long.MIN_VALUE;

  private boolean aimed;

  /// @param source asked once, when the first window is
  /// @param lookbackMs how far `anchored` and `smoothed` look beyond the range
  RangeInput(
      Supplier<List<Track>> source, Moment moment, long rangeMs, WindowMode mode, long lookbackMs) {
    this(source, moment, rangeMs, mode, lookbackMs, false);
  }

  static RangeInput ofSubquery(Supplier<List<Track>> source, Moment moment, long rangeMs) {
    return new RangeInput(source, moment, rangeMs, WindowMode.PLAIN, 0, true);
  }

  private RangeInput(
      Supplier<List<Track>> source,
      Moment moment,
      long rangeMs,
      WindowMode mode,
      long lookbackMs,
      boolean subquery) {
    this.subquery = subquery;
    this.source = source;
    this.moment = moment;
    this.rangeMs = rangeMs;
    this.beforeMs = mode == WindowMode.PLAIN ? 0 : lookbackMs;
    this.afterMs = mode == WindowMode.SMOOTHED ? lookbackMs : 0;
    this.mode = mode;
    this.window = new Window(mode);
  }

  /// From here on.
  ///
  /// @param remarks told what is wrong with the samples of a window
  /// @param startTimes whether windows tell the start times of their samples
  void listen(Remarks remarks, boolean startTimes) {
    this.window = new Window(mode, remarks);
    this.startTimes = startTimes;
  }

  List<Track> tracks() {
    List<Track> known = tracks;
    if (known == null) {
      known = source.get();
      tracks = known;
    }
    return known;
  }

  /// Moves the window to where it is at `timeMs`.
  void aim(long timeMs) {
    long end = moment.of(timeMs);
    window.aim(end - rangeMs, end, timeMs);
    fromMs = end - rangeMs - beforeMs;
    seenMs = aimed ? toMs : Long.MIN_VALUE;
    toMs = end + afterMs;
    aimed = true;
  }

  /// The window over one series; the same object for all.
  Window window(Track track) {
    int from = track.tailAfter(fromMs);
    int to = track.after(toMs);
    long[] starts = startTimes ? track.startTimesMs() : null;
    window.fill(
        track.timesMs(), track.values(), track.histograms(), starts, from, Math.max(from, to));
    return window;
  }

  /// How many samples of the window are read for it, and not for the one before. What a subquery
  /// found is not read here.
  int fresh(Window filled) {
    if (subquery) {
      return 0;
    }
    return seenMs == Long.MIN_VALUE ? filled.count() : filled.count() - filled.countUpTo(seenMs);
  }

  /// How many samples the window over a series counts for where they are limited.
  long weight(Track track) {
    int from = track.tailAfter(fromMs);
    return track.cut(from, Math.max(from, track.after(toMs))).weight();
  }

  /// The samples in the window as a series of their own. With `anchored` and `smoothed` the ends of
  /// the range become samples.
  Track cut(Track track) {
    Window cut = window(track);
    if (cut.mode() != WindowMode.PLAIN) {
      return extended(track, cut);
    }
    int from = track.tailAfter(fromMs);
    return track.cut(from, from + cut.count());
  }

  private static Track extended(Track track, Window window) {
    if (window.histogramCount() > 0) {
      String modifier = window.mode().name().toLowerCase(Locale.ROOT);
      throw EvalException.execution(modifier + " modifier is not supported with histograms");
    }
    int first = window.count() == 0 ? 0 : ExtendedRates.first(window);
    int last = window.count() == 0 ? 0 : ExtendedRates.last(window);
    if (window.count() == 0 || window.timeMs(last) <= window.startMs()) {
      return track.cut(track.from(), track.from());
    }
    double left = ExtendedRates.left(window, first, false);
    double right = ExtendedRates.right(window, last, false);
    int from = window.timeMs(first) <= window.startMs() ? first + 1 : first;
    int to = window.timeMs(last) >= window.endMs() ? last - 1 : last;
    int count = Math.max(0, to - from + 1) + 2;
    long[] times = new long[count];
    double[] values = new double[count];
    for (int i = 1; i < count - 1; i++) {
      times[i] = window.timeMs(from + i - 1);
      values[i] = window.value(from + i - 1);
    }
    times[0] = window.startMs();
    values[0] = left;
    times[count - 1] = window.endMs();
    values[count - 1] = right;
    return new Track(track.labels(), track.dropsName(), times, values, null, null, 0, count);
  }
}
