package dev.tocsin.promql.script;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.series.SeriesDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `load STEP` or `load_with_nhcb STEP` and the series below it.
final class LoadReader {
  private static final Pattern COMMAND = Pattern.compile("load(_with_nhcb)?\\s+(\\S.*)");
  private static final String START_SIGN = "@st";

  private LoadReader() {}

  static Command.Load read(ScriptLine line, Lines lines) {
    Matcher command = COMMAND.matcher(line.text());
    if (!command.matches()) {
      throw line.failure(0, "this command is written as load STEP or load_with_nhcb STEP");
    }
    long stepMs = line.durationMs(command.group(2), command.start(2), "the time between samples");
    // Of a series that is described twice, the second description holds.
    Map<Labels, Command.LoadedSeries> series = new LinkedHashMap<>();
    while (lines.goesOn()) {
      ScriptLine next = lines.next();
      Command.LoadedSeries loaded = namesStarts(next) ? withStarts(next, lines) : plain(next);
      series.put(loaded.series().labels(), loaded);
    }
    return new Command.Load(
        line.number(), stepMs, command.group(1) != null, List.copyOf(series.values()));
  }

  private static boolean namesStarts(ScriptLine line) {
    String word = line.firstWord();
    return word.endsWith(START_SIGN) && word.length() < line.text().length();
  }

  private static Command.LoadedSeries plain(ScriptLine line) {
    return new Command.LoadedSeries(line.series(), List.of());
  }

  private static Command.LoadedSeries withStarts(ScriptLine line, Lines lines) {
    String word = line.firstWord();
    int metricEnd = word.length() - START_SIGN.length();
    ScriptLine metric =
        new ScriptLine(line.number(), line.indent(), line.text().substring(0, metricEnd));
    SeriesDescription started = metric.series();
    List<StartOffset> offsets = StartOffset.parse(line, word.length());
    if (!lines.goesOn()) {
      throw line.failure(0, "a line of start times needs the line of its samples below it");
    }
    ScriptLine samples = lines.next();
    SeriesDescription series = samples.series();
    if (!series.labels().equals(started.labels())) {
      throw line.failure(0, "these start times are of another series than the line below");
    }
    if (series.values().size() != offsets.size()) {
      throw line.failure(
          word.length(),
          "there are "
              + offsets.size()
              + " start times, but the line below has "
              + series.values().size()
              + " values");
    }
    return new Command.LoadedSeries(series, offsets);
  }
}
