package dev.tocsin.engine;

/// Series without a sample for a long time.
///
/// @param refs the references of those that came from outside; read only
/// @param lastTimesMs the time of the newest sample of each; `Long.MIN_VALUE`: there was none; read
///   only
/// @param ofRules whether there are others, which rules made
public record IdleSeries(int[] refs, long[] lastTimesMs, boolean ofRules) {
  public boolean isEmpty() {
    return refs.length == 0 && !ofRules;
  }
}
