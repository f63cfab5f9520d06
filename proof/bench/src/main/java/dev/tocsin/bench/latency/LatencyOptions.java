package dev.tocsin.bench.latency;

/// What one round does.
///
/// @param alerts measured ones
/// @param warmUp alerts before them that are not measured
/// @param perSecond the pace of crossings
/// @param holdMs how long a series stays above the threshold; 0: to the end of the round
/// @param ruleInterval of the rule group, as it is written in the rule file
public record LatencyOptions(
    int alerts, int warmUp, int perSecond, int holdMs, String ruleInterval) {
  /// The rule file of both sides.
  String rules() {
    return """
    groups:
      - name: latency
        interval: %s
        rules:
          - alert: Crossed
            expr: bench_value > 0.5
            labels: {severity: page}
            annotations: {summary: 'Series {{ $labels.n }} is at {{ $value }}.'}
    """
        .formatted(ruleInterval);
  }
}
