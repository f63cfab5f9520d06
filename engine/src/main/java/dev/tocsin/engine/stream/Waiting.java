package dev.tocsin.engine.stream;

import dev.tocsin.model.labels.Labels;

/// An element that is pending after a slot.
///
/// @param dueMs when it may fire
public record Waiting(Labels element, long dueMs) {}
