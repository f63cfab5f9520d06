package dev.tocsin.bench.contract.seen;

/// What the simulation told.
///
/// @param rule the number of the rule; reloads carry it on
public record Expected(long rule, Told told) {}
