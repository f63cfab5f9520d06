package dev.tocsin.sim.log;

import dev.tocsin.sim.time.SimClock;
import dev.tocsin.sim.turn.Turnstile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What happened, in order: virtual time, who, what. Two runs of one seed write the same.
public final class EventLog {
  /// Lines kept to look at; older ones are only in the fingerprint.
  static final int LINES_MAX = 10_000;

  private final SimClock clock;
  private final Turnstile turnstile;
  private final Deque<String> lines = new ArrayDeque<>();
  private long count;
  private long fingerprint = 0xcbf29ce484222325L;

  public EventLog(SimClock clock, Turnstile turnstile) {
    this.clock = clock;
    this.turnstile = turnstile;
  }

  /// Who by a short name, as `disk` or a worker's name.
  public void add(String who, String what) {
    turnstile.enter();
    String line = seconds(clock.monotonicNanos()) + " " + who + ": " + what;
    for (int i = 0; i < line.length(); i++) {
      fingerprint = (fingerprint ^ line.charAt(i)) * 0x100000001b3L; // FNV-1a
    }
    count++;
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  private static String seconds(long nanos) {
    String digits = Long.toString(1_000_000_000L + nanos % 1_000_000_000L);
    return nanos / 1_000_000_000L + "." + digits.substring(1);
  }

  /// The last lines, oldest first.
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /// All lines ever.
  public long count() {
    return count;
  }

  /// Of all lines ever: equal for equal logs.
  public long fingerprint() {
    return fingerprint;
  }
}
