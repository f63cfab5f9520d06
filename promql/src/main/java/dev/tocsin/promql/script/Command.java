package dev.tocsin.promql.script;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.series.SeriesDescription;
import java.util.List;

/// One command of a script.
///
/// `line` is where it stands, from 1.
sealed interface Command {
  int line();

  /// Forgets all series.
  record Clear(int line) implements Command {}

  /// Adds samples, one each `stepMs` from time 0 on.
  ///
  /// @param customBuckets whether classic histograms are loaded a second time, as native ones with
  ///   custom buckets
  record Load(int line, long stepMs, boolean customBuckets, List<LoadedSeries> series)
      implements Command {
    public Load {
      series = List.copyOf(series);
    }
  }

  /// @param startOffsets since when each value has been counting, relative to the value's own time;
  ///   empty where that is not said
  record LoadedSeries(SeriesDescription series, List<StartOffset> startOffsets) {
    public LoadedSeries {
      startOffsets = List.copyOf(startOffsets);
    }
  }

  /// Evaluates a query.
  ///
  /// @param query as written
  /// @param expr the same with all experimental features on
  record Evaluate(int line, String query, Expr expr, When when, Expectation expected)
      implements Command {}

  /// When a query is evaluated; Unix milliseconds.
  sealed interface When {
    record Instant(long timeMs) implements When {}

    record Range(long startMs, long endMs, long stepMs) implements When {}
  }
}
