package dev.tocsin.bench.contract.seen;

/// What the simulation told.
///
/// @param rule the number of the rule; reloads carry it on
/// @param ofLost whether it is the end of an alert that was lost
public record Expected(long rule, Told told, boolean ofLost) {}
