package dev.tocsin.pipeline.ring;

import dev.tocsin.model.input.Input;

/// One sequenced input.
///
/// @param seq from 1, without gaps
/// @param nowMs Unix milliseconds at sequencing; never decreases
public record Entry(long seq, long nowMs, Input input) {}
