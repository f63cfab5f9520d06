package dev.tocsin.rules.record;

import dev.tocsin.model.labels.Labels;

/// A sample that a rule writes, at the time its expression was evaluated at.
public record RuleSample(Labels labels, double value) {}
