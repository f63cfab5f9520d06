package dev.tocsin.rules.alert;

import dev.tocsin.model.labels.Labels;

/// When and under which settings an alert rule is evaluated.
///
/// @param timeMs the slot, not the time of the query; Unix milliseconds
/// @param intervalMs of the group
/// @param renewed whether the rule or its settings may have changed since the last evaluation: then
///   nothing that was expanded before is used again
/// @param limit the most active alerts of the rule; 0: no limit
public record Moment(
    long timeMs,
    long intervalMs,
    boolean renewed,
    int limit,
    Labels externalLabels,
    String externalUrl) {}
