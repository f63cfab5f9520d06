package dev.tocsin.model.alert;

/// When one alert passed each stage: wall time in Unix nanoseconds (0: not passed yet). Read
/// outside the engine, which has no clock.
///
/// @param sampleNanos time of the newest sample behind the decision
/// @param receivedNanos when that sample's first byte was read
/// @param appliedNanos when the engine had applied the input before the decision
/// @param decidedNanos when the engine had decided
/// @param handedNanos when the request to the receiver began
/// @param answeredNanos when the receiver had answered
public record StageTimes(
    long sampleNanos,
    long receivedNanos,
    long appliedNanos,
    long decidedNanos,
    long handedNanos,
    long answeredNanos) {

  public StageTimes handed(long nanos) {
    return new StageTimes(sampleNanos, receivedNanos, appliedNanos, decidedNanos, nanos, 0);
  }

  public StageTimes answered(long nanos) {
    return new StageTimes(
        sampleNanos, receivedNanos, appliedNanos, decidedNanos, handedNanos, nanos);
  }
}
