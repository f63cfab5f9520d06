package dev.tocsin.bench.latency;

import dev.tocsin.bench.load.LoadPlan;
import dev.tocsin.bench.load.LoadRules;

/// What one round does.
///
/// @param alerts measured ones
/// @param warmUp alerts before them that are not measured
/// @param perSecond the pace of crossings
/// @param holdMs how long a series stays above the threshold; 0: to the end of the round
/// @param held alerts of a rule with `for`, spread over the others; they stay true to the end
/// @param heldFor the `for` of that rule, as it is written in the rule file
/// @param idleSeconds how long is measured without load at the end; 0: not at all
/// @param load what goes on beside
public record LatencyOptions(
    int alerts,
    int warmUp,
    int perSecond,
    int holdMs,
    int held,
    String heldFor,
    int idleSeconds,
    LoadPlan load) {
  /// The rule file of all sides.
  ///
  /// @param interval of the measured group, as it is written in the rule file
  String rules(String interval) {
    StringBuilder out =
        new StringBuilder(
            """
            groups:
              - name: latency
                interval: %s
                rules:
                  - alert: Crossed
                    expr: bench_value > 0.5
                    labels: {severity: page}
                    annotations: {summary: 'Series {{ $labels.n }} is at {{ $value }}.'}
            """
                .formatted(interval));
    if (held > 0) {
      out.append(
          """
                - alert: Held
                  expr: bench_held > 0.5
                  for: %s
                  labels: {severity: page}
                  annotations: {summary: 'Series {{ $labels.n }} is at {{ $value }}.'}
          """
              .formatted(heldFor));
    }
    return out + new LoadRules(load).groups();
  }
}
