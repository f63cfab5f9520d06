package dev.tocsin.deliver.destination;

import dev.tocsin.world.net.HttpCalling.HttpCall;
import java.util.List;

/// A destination told by HTTP requests: 2xx accepts, 429, 5xx and silence mean again later,
/// anything else refuses for good.
public non-sealed interface HttpDestination extends Destination {
  /// What is owed to a destination that could not be told for a while.
  enum Keeping {
    /// Every change, in order: a page that began and ended meanwhile is told both.
    EVERY_CHANGE,
    /// Only how things stand now: the newest event of each alert.
    NEWEST_STATE
  }

  Keeping keeping();

  /// Alerts in one request, at least 1.
  int batchMax();

  /// Requests under way at once, at least 1.
  int inFlightMax();

  /// How long a still firing alert is not repeated after an accepted notice, in milliseconds.
  long repeatMs();

  /// The same after a refused one.
  long repeatAfterRefusalMs();

  /// The request that tells of these alerts: wanted ones, at most [#batchMax].
  HttpCall request(List<Notice> batch);

  /// A request that changes nothing there; any answer at all shows that it can be reached.
  HttpCall probe();

  /// The text without anything secret of this destination.
  String scrub(String text);
}
