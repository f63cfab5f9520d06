package dev.tocsin.deliver.destination;

import dev.tocsin.model.alert.AlertEvent;

/// Somewhere alerts are told.
public sealed interface Destination permits HttpDestination, LocalDestination {
  /// Unique among the destinations of an agent; shown to people, so it holds no secret.
  String name();

  /// Whether it is ever told of events like this. One that it does not want is done at once.
  boolean wants(AlertEvent event);
}
