package dev.tocsin.bench.contract.check;

import dev.tocsin.model.labels.Labels;

/// One alert of one rule.
///
/// @param rule the number of the rule; reloads carry it on
record Identity(String group, long rule, Labels labels) {}
