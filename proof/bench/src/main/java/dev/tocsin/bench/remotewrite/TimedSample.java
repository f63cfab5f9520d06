package dev.tocsin.bench.remotewrite;

import dev.tocsin.model.labels.Labels;

/// One sample of one series.
public record TimedSample(Labels series, long timeMs, double value) {}
