package dev.tocsin.model.histogram;

/// A sum or difference of two native histograms, and what had to be done for it.
///
/// @param resetCollision one was known to be reset, the other known not to be: the result's hint is
///   unknown
/// @param boundsReconciled the custom bounds differed: the result has those that both had
public record HistogramAddition(
    FloatHistogram result, boolean resetCollision, boolean boundsReconciled) {}
