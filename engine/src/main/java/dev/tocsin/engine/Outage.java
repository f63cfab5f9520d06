package dev.tocsin.engine;

import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;

/// The last time the process was not there. After it, alerts that were there before are not judged
/// by absent data at once: they are held until their series have delivered, or two intervals of
/// their group have passed since the first tick. Engine's thread.
final class Outage {
  private static final long NONE = Long.MIN_VALUE;
  private static final int INTERVALS_HELD = 2;

  /// Unix milliseconds of the last input before it; nothing newer is from before.
  private long downAtMs = NONE;

  /// Unix milliseconds of the first tick after it.
  private long firstTickMs = NONE;

  private boolean awaitsTick;

  void restarted(long lastNowMs) {
    downAtMs = lastNowMs;
    awaitsTick = true;
  }

  void ticked(long nowMs) {
    if (awaitsTick) {
      firstTickMs = nowMs;
      awaitsTick = false;
    }
  }

  boolean holds(long slotMs, long intervalMs) {
    return firstTickMs != NONE && slotMs - firstTickMs <= INTERVALS_HELD * intervalMs;
  }

  long downAtMs() {
    return downAtMs;
  }

  void write(StateWriter out) throws IOException {
    out.number(downAtMs);
    out.number(firstTickMs);
    out.flag(awaitsTick);
  }

  void read(StateReader in) throws IOException {
    downAtMs = in.number();
    firstTickMs = in.number();
    awaitsTick = in.flag();
  }
}
