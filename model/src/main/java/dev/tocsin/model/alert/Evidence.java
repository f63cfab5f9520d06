package dev.tocsin.model.alert;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// The samples behind a decision, and when the newest of them came in.
///
/// @param series the series the expression read for this alert, at most a few
/// @param sampleTimeMs time of the newest sample in Unix milliseconds; 0 where there is none
/// @param receivedNanos wall time (Unix nanoseconds) when the newest sample was read from the wire
public record Evidence(List<Read> series, long sampleTimeMs, long receivedNanos) {
  public static final Evidence NONE = new Evidence(List.of(), 0, 0);

  public Evidence {
    series = List.copyOf(series);
  }

  /// One series and its last samples, oldest first.
  public record Read(Labels labels, List<Point> last) {
    public Read {
      last = List.copyOf(last);
    }
  }

  public record Point(long timeMs, double value) {}
}
