package dev.tocsin.bench.differential.data;

import dev.tocsin.model.labels.Labels;

/// A series with all of its samples; times are milliseconds relative to the end of the data.
public record PlannedSeries(Labels labels, long[] timesMs, double[] values) {}
