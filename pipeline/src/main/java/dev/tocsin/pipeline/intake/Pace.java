package dev.tocsin.pipeline.intake;

/// How fast sources may go.
///
/// @param factor from 0.1 to 1 (full speed), in steps of 0.1
public record Pace(double factor) {
  /// An interval, stretched so that the rate becomes `factor` times what it was.
  public long stretch(long interval) {
    return Math.round(interval / factor);
  }

  public boolean isFull() {
    return factor == 1;
  }
}
