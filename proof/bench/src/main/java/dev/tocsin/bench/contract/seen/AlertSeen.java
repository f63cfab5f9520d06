package dev.tocsin.bench.contract.seen;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;

/// A pending or firing alert.
///
/// @param firedAtMs 0 unless it fires
/// @param keepFiringSinceMs 0 unless it fires and is held by `keep_firing_for`
public record AlertSeen(
    Labels labels,
    Labels annotations,
    AlertState state,
    double value,
    long activeAtMs,
    long firedAtMs,
    long keepFiringSinceMs) {}
