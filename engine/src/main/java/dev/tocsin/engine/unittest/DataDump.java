package dev.tocsin.engine.unittest;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import dev.tocsin.rules.template.value.GoDuration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells all series of a test, for those who look why it fails.
final class DataDump {
  private final Rehearsal rehearsal;
  private final UnitTestOptions.Debug debug;

  DataDump(Rehearsal rehearsal, UnitTestOptions.Debug debug) {
    this.rehearsal = rehearsal;
    this.debug = debug;
  }

  /// @param lastMs of the test, after its start
  void dump(long startMs, long lastMs) {
    long seconds = (lastMs + 1000) / 1000;
    String range = new GoDuration(seconds * 1_000_000_000).toString();
    // A second more, so that the start is among them: ranges are open on the left.
    String query = "{__name__=~\".+\"}[" + (seconds + 1) + "s]";
    Evaluator evaluator = new Evaluator(rehearsal.source(), rehearsal.evaluation());
    try {
      long atMs = startMs + seconds * 1000;
      Value value = evaluator.instant(PromqlParser.parse(query), atMs).value();
      debug.lines().accept("DEBUG: Dump of all data (input_series and rules) at " + range + ":");
      if (value instanceof Value.Matrix(List<Value.Row> rows)) {
        rows.forEach(row -> debug.lines().accept(text(row)));
      }
    } catch (EvalException e) {
      debug.lines().accept("DEBUG: Failed query exec, expr: " + query + ", err: " + e.getMessage());
    }
  }

  private static String text(Value.Row row) {
    List<String> lines = new ArrayList<>();
    lines.add(row.labels() + " =>");
    @Nullable FloatHistogram @Nullable [] histograms = row.histograms();
    for (int i = 0; i < row.timesMs().length; i++) {
      FloatHistogram histogram = histograms == null ? null : histograms[i];
      String value = histogram == null ? GoFloat.plain(row.values()[i]) : histogram.toString();
      lines.add(value + " @[" + row.timesMs()[i] + "]");
    }
    return String.join("\n", lines);
  }
}
