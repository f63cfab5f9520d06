package dev.tocsin.engine.wheel;

import java.util.Arrays;

/// Timers by the millisecond, many of them: arming, cancelling and firing cost the same however
/// many there are, and allocate nothing. A timer is a number from 0 on that its owner chooses.
///
/// Three levels of 512 slots: one millisecond, 512 ms and about 262 s wide, so 37 hours in all; a
/// timer further away waits in the last slot and is placed again when that comes. A slot of a
/// higher level is emptied into the level below before its time comes, a few timers with each
/// millisecond of the slot before it, so that no turn has to move a whole slot. For that the two
/// lower levels have a second half: the slots of the window that comes next.
///
/// Deterministic: timers go off in the order of their deadlines, of the same deadline in that of
/// their numbers. The wheel's owner is its only thread, and tells the time.
public final class TimingWheel {
  /// Bits of the number of slots of a level.
  private static final int BITS = 9;

  private static final int SPAN_BITS = 2 * BITS;
  private static final int SLOTS = 1 << BITS;
  private static final short IDLE = -1;

  /// Taken out to be fired in this turn.
  private static final short FIRING = -2;

  private final int timersMax;
  private final long[] deadlinesMs;
  private final Ring.Links links;
  private final Ring milliseconds;
  private final Ring windows;
  private final Ring spans;

  /// What goes off now; as long as the most that ever went off in one millisecond.
  private int[] due = new int[64];

  private long nowMs;
  private int armed;
  private int moves;

  /// @param timersMax timers have numbers below it; 18 bytes are kept for each
  /// @param startMs the time now, not negative; any clock that does not go back
  public TimingWheel(int timersMax, long startMs) {
    if (timersMax < 0 || startMs < 0) {
      throw new IllegalArgumentException("neither timers nor the time can be negative");
    }
    this.timersMax = timersMax;
    this.nowMs = startMs;
    this.deadlinesMs = new long[timersMax];
    this.links = new Ring.Links(timersMax);
    Arrays.fill(links.places, IDLE);
    this.milliseconds = new Ring(2 * SLOTS, 0, links);
    this.windows = new Ring(2 * SLOTS, 2 * SLOTS, links);
    this.spans = new Ring(SLOTS, 4 * SLOTS, links);
  }

  /// How many timers are armed.
  public int size() {
    return armed;
  }

  public long nowMs() {
    return nowMs;
  }

  /// How many timers were moved to a lower level since the start; wraps around.
  int moves() {
    return moves;
  }

  public boolean isArmed(int id) {
    return links.places[id] >= 0;
  }

  /// Arms the timer, or arms it anew. A deadline that is not in the future goes off in the next
  /// turn. Throws [IndexOutOfBoundsException] where the number is not below the limit.
  public void arm(int id, long deadlineMs) {
    cancel(id);
    deadlinesMs[id] = deadlineMs;
    armed++;
    place(id);
  }

  /// Nothing where it is not armed.
  public void cancel(int id) {
    short place = links.places[id];
    if (place >= 0) {
      ringOf(place).remove(id);
      armed--;
    }
    links.places[id] = IDLE;
  }

  private Ring ringOf(short place) {
    if (place < windows.base) {
      return milliseconds;
    }
    return place < spans.base ? windows : spans;
  }

  private void place(int id) {
    long timeMs = Math.max(deadlinesMs[id], nowMs + 1);
    long window = timeMs >> BITS;
    long span = timeMs >> SPAN_BITS;
    long spanNow = nowMs >> SPAN_BITS;
    if (window <= (nowMs >> BITS) + 1) {
      milliseconds.add(timeMs, id);
    } else if (span <= spanNow + 1) {
      windows.add(window, id);
    } else {
      spans.add(Math.min(span, spanNow + SLOTS - 1), id);
    }
  }

  /// Moves the time on and fires what is due, in order. Time that does not move on changes nothing.
  public void advance(long toMs, Expired visitor) {
    while (nowMs < toMs) {
      if (armed == 0) {
        nowMs = toMs;
        return;
      }
      long windowEnd = ((nowMs >> BITS) + 1) << BITS;
      // The first millisecond of the next window is reached only with all of its timers in place.
      long nextMs = milliseconds.nextFilled(nowMs + 1, Math.min(toMs + 1, windowEnd));
      if (nextMs < Math.min(toMs + 1, windowEnd)) {
        moveTo(nextMs);
        fire(visitor);
      } else if (toMs < windowEnd) {
        moveTo(toMs);
      } else {
        moveTo(skipped(toMs, windowEnd));
        fire(visitor);
      }
    }
  }

  /// The start of the next window, or, where the lower levels are empty, of the next span.
  private long skipped(long toMs, long windowEnd) {
    boolean empty = milliseconds.all() == 0 && windows.all() == 0;
    long span = nowMs >> SPAN_BITS;
    // In the last span before a filled slot, that slot is emptied.
    if (!empty || spans.count(span + 1) > 0) {
      return windowEnd;
    }
    long spanEnd = (span + 1) << SPAN_BITS;
    return Math.min(toMs, spanEnd);
  }

  /// Empties as much of the two slots that come next as is due by then.
  private void moveTo(long timeMs) {
    long window = nowMs >> BITS;
    long span = nowMs >> SPAN_BITS;
    drain(spans, span + 1, timeMs, (span + 1) << SPAN_BITS);
    drain(windows, window + 1, timeMs, (window + 1) << BITS);
    nowMs = timeMs;
  }

  /// @param endMs when the slot has to be empty
  private void drain(Ring from, long number, long timeMs, long endMs) {
    int count = from.count(number);
    if (count == 0) {
      return;
    }
    long leftMs = endMs - nowMs;
    long passedMs = Math.min(timeMs - nowMs, leftMs);
    long moved = Math.ceilDiv(count * passedMs, leftMs);
    for (long i = 0; i < moved; i++) {
      int id = from.first(number);
      from.remove(id);
      place(id);
      moves++;
    }
  }

  private void fire(Expired visitor) {
    int count = milliseconds.count(nowMs);
    if (count == 0) {
      return;
    }
    if (count > due.length) {
      due = new int[Math.max(count, Math.min(timersMax, due.length * 2))];
    }
    for (int i = 0; i < count; i++) {
      int id = milliseconds.first(nowMs);
      milliseconds.remove(id);
      links.places[id] = FIRING;
      due[i] = id;
    }
    armed -= count;
    sort(count);
    for (int i = 0; i < count; i++) {
      int id = due[i];
      if (links.places[id] == FIRING) {
        links.places[id] = IDLE;
        visitor.expired(id, deadlinesMs[id]);
      }
    }
  }

  /// A lower bound of the next deadline: nothing goes off before it, and where the next deadline is
  /// within 512 ms, mostly it is that. [Long#MAX_VALUE] where nothing is armed.
  public long nextDeadlineMs() {
    if (armed == 0) {
      return Long.MAX_VALUE;
    }
    long window = nowMs >> BITS;
    long span = nowMs >> SPAN_BITS;
    long windowEnd = (window + 1) << BITS;
    long nextMs = milliseconds.nextFilled(nowMs + 1, windowEnd);
    if (nextMs < windowEnd) {
      return nextMs;
    }
    boolean spanStarts = (window + 1) >> BITS > span && spans.count(span + 1) > 0;
    if (windows.count(window + 1) > 0 || spanStarts) {
      return windowEnd;
    }
    if (milliseconds.all() > 0) {
      return milliseconds.nextFilled(windowEnd, windowEnd + SLOTS);
    }
    // The rest of this span and the next one; what is still to come from a span may be anywhere.
    long nextSpan = (span + 1) << BITS;
    long limit = spans.count(span + 1) > 0 ? nextSpan : nextSpan + SLOTS;
    long nextWindow = windows.nextFilled(window + 2, limit);
    if (nextWindow < limit || spans.count(span + 1) > 0) {
      return nextWindow << BITS;
    }
    return spans.nextFilled(span + 2, span + SLOTS) << SPAN_BITS;
  }

  /// By deadline and number; a heap, so that it needs no memory.
  private void sort(int count) {
    for (int i = count / 2 - 1; i >= 0; i--) {
      sift(i, count);
    }
    for (int end = count - 1; end > 0; end--) {
      int last = due[end];
      due[end] = due[0];
      due[0] = last;
      sift(0, end);
    }
  }

  private void sift(int from, int count) {
    int at = from;
    int id = due[from];
    while (true) {
      int child = 2 * at + 1;
      if (child >= count) {
        break;
      }
      if (child + 1 < count && isLater(due[child + 1], due[child])) {
        child++;
      }
      if (!isLater(due[child], id)) {
        break;
      }
      due[at] = due[child];
      at = child;
    }
    due[at] = id;
  }

  private boolean isLater(int a, int b) {
    return deadlinesMs[a] != deadlinesMs[b] ? deadlinesMs[a] > deadlinesMs[b] : a > b;
  }
}
