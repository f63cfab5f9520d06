package dev.tocsin.bench.differential.answer;

import java.math.BigDecimal;

/// A query and the times it is asked for, Unix milliseconds.
///
/// @param stepMs 0 for an instant query, at `startMs`
public record Question(String query, long startMs, long endMs, long stepMs) {
  public static Question instant(String query, long timeMs) {
    return new Question(query, timeMs, timeMs, 0);
  }

  public boolean isRange() {
    return stepMs > 0;
  }

  /// The same times for another query.
  public Question of(String other) {
    return new Question(other, startMs, endMs, stepMs);
  }

  /// Milliseconds as the API's seconds.
  static String seconds(long ms) {
    return BigDecimal.valueOf(ms, 3).toPlainString();
  }

  /// Times relative to a moment, in seconds, so that two runs of one seed print the same.
  public String shown(long baseMs) {
    String from = "T" + signed(startMs - baseMs);
    return isRange()
        ? "range " + from + " .. T" + signed(endMs - baseMs) + " step " + seconds(stepMs) + "s"
        : "instant " + from;
  }

  private static String signed(long ms) {
    return (ms < 0 ? "" : "+") + seconds(ms) + "s";
  }
}
