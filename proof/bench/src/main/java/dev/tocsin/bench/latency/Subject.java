package dev.tocsin.bench.latency;

import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What is measured: something that takes remote write and tells a webhook.
public interface Subject {
  /// As the table calls it.
  String name();

  /// One line on each program: version, flags, what was set and why.
  List<String> description();

  /// Starts all of it and waits until it would tell an alert.
  ///
  /// @param folder empty, for this round only
  Running start(Path folder, LatencyOptions options, WebhookReceiver receiver);

  /// A started subject.
  interface Running extends AutoCloseable {
    URI writeAddress();

    /// Where `/api/v1/alerts` is.
    URI alertsAddress();

    /// All its processes together.
    ProcessFigures figures();

    /// Processor time of its threads so far, by name; empty where threads tell nothing.
    default Map<String, Duration> threadTimes() {
      return Map.of();
    }

    /// The text of its accounts, as `/metrics` has them; empty: it has none.
    default String accounts() {
      return "";
    }

    /// What it says of the round; empty: nothing. Counts since the start.
    default String note() {
      return "";
    }

    @Override
    void close();
  }
}
