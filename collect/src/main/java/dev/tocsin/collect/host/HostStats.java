package dev.tocsin.collect.host;

import java.util.Map;

/// How measuring the host goes.
///
/// @param collections so far
/// @param busy collections that found no room in the pipeline
/// @param turnedAway series that were too many
/// @param failures what failed in the newest collection, by area
public record HostStats(
    long collections, long busy, long turnedAway, Map<String, String> failures) {
  public HostStats {
    failures = Map.copyOf(failures);
  }
}
