package dev.tocsin.bench.ingest;

import dev.tocsin.bench.process.ProcessFigures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What is measured: something that takes remote write.
public interface IngestSubject {
  /// As the table calls it.
  String name();

  /// One line on each program: version, flags, what was set and why.
  List<String> description();

  /// Starts it and waits until it takes samples.
  ///
  /// @param folder empty, for this round only
  Running start(Path folder);

  /// What it has, by its own word.
  ///
  /// @param samples taken since the start
  /// @param series that answer a query at the newest time; -1 where nothing can be asked
  /// @param lastValue of the first series at that time; NaN where nothing can be asked
  record Stored(long samples, long series, double lastValue) {}

  /// A started subject.
  interface Running extends AutoCloseable {
    URI writeAddress();

    ProcessFigures figures();

    /// Processor time of its threads so far, by name; empty where threads tell nothing.
    default Map<String, Duration> threadTimes() {
      return Map.of();
    }

    /// Samples taken since the start, by its own word.
    long samples();

    /// What can be asked of it.
    ///
    /// @param series that were sent
    /// @param lastMs the newest time of the first of them
    Stored stored(int series, long lastMs);

    /// What it says of the round; empty: nothing.
    default String note() {
      return "";
    }

    @Override
    void close();
  }
}
