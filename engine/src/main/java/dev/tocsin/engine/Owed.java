package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import java.util.Map;

/// What is known of one alert that fires, or resolved lately: for telling it again after a restart.
///
/// @param event the last change, with value, annotations and validity as they were last told
/// @param answeredAtMsByReceiver who accepted it, or a repetition of it, and when last (Unix
///   milliseconds); a receiver that refused is not in it
public record Owed(AlertEvent event, Map<String, Long> answeredAtMsByReceiver) {
  public Owed {
    answeredAtMsByReceiver = Map.copyOf(answeredAtMsByReceiver);
  }
}
