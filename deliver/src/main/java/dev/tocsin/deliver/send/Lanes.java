package dev.tocsin.deliver.send;

import dev.tocsin.pipeline.journal.cursor.CursorPosition;
import dev.tocsin.pipeline.journal.cursor.CursorPosition.Range;
import dev.tocsin.pipeline.journal.cursor.PassedEntries;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The ranges of the journal that are to be sent: the front, which has no end, and what was left
/// behind it, one range after the other. One thread.
final class Lanes {
  /// Ranges that wait; with so many the front leaves nothing behind any more.
  private static final int WAITING_MAX = CursorPosition.RANGES_MAX - 4;

  private final Disk disk;
  private final SegmentLedger segments;
  private final LongSupplier durableSeq;
  private final OutgoingNames names;
  private final Deque<Range> waiting = new ArrayDeque<>();

  /// Read to their ends, with samples that are still in the shards.
  private final List<Lane> ending = new ArrayList<>();

  private Lane front;
  private @Nullable Lane back;
  private PassedEntries passed = PassedEntries.NONE;

  Lanes(
      Disk disk,
      SegmentLedger segments,
      LongSupplier durableSeq,
      OutgoingNames names,
      CursorPosition position) {
    this.disk = disk;
    this.segments = segments;
    this.durableSeq = durableSeq;
    this.names = names;
    waiting.addAll(position.ranges());
    front = open(waiting.removeLast());
  }

  private Lane open(Range range) {
    return new Lane(disk, segments, durableSeq, names, range);
  }

  Lane front() {
    return front;
  }

  /// What was left behind, where there is something.
  @Nullable Lane back() {
    Lane current = back;
    if (current != null && current.isRead()) {
      end(current);
      current = null;
    }
    if (current == null && !waiting.isEmpty()) {
      current = open(waiting.removeFirst());
    }
    back = current;
    return current;
  }

  private void end(Lane lane) {
    passed = passed.plus(lane.cursor.lost());
    lane.cursor.close();
    if (lane.queued > 0) {
      ending.add(lane);
    }
  }

  /// Whether [#leaveBehind] may be called.
  boolean canLeaveBehind() {
    return waiting.size() < WAITING_MAX;
  }

  /// The front goes on with what is new; from its entry of now to there is sent later.
  void leaveBehind() {
    long from = front.nextSeq();
    long to = durableSeq.getAsLong() + 1;
    if (to <= from + 1) {
      return;
    }
    front.endHere();
    end(front);
    waiting.addLast(new Range(from, to));
    front = open(new Range(to, Long.MAX_VALUE));
  }

  /// Nothing before this entry may be read any more.
  void skipTo(long seq) {
    skip(front, seq);
    Lane current = back;
    if (current != null) {
      skip(current, seq);
    }
    while (!waiting.isEmpty() && waiting.getFirst().from() < seq) {
      Range first = waiting.removeFirst();
      long to = Math.min(seq, first.to());
      passed = passed.plus(new PassedEntries(0, 0, to - first.from()));
      if (to < first.to()) {
        waiting.addFirst(new Range(to, first.to()));
      }
    }
  }

  private static void skip(Lane lane, long seq) {
    Entry entry = lane.entry;
    if (lane.cursor.nextSeq() < seq && (entry == null || entry.seq() < seq)) {
      lane.cursor.skipTo(Math.min(seq, lane.endSeq));
    }
  }

  void forgetOutgoing() {
    front.forgetOutgoing();
    Lane current = back;
    if (current != null) {
      current.forgetOutgoing();
    }
  }

  PassedEntries passed() {
    Lane current = back;
    PassedEntries all = passed.plus(front.cursor.lost());
    return current == null ? all : all.plus(current.cursor.lost());
  }

  /// What is to be sent after a crash now: all that was not accepted.
  ///
  /// @param firstAllowed nothing before it
  CursorPosition position(Shard[] shards, long firstAllowed) {
    ending.removeIf(lane -> lane.queued == 0);
    List<Range> ranges = new ArrayList<>(waiting);
    ending.forEach(lane -> ranges.add(range(lane, shards)));
    Lane current = back;
    if (current != null) {
      ranges.add(range(current, shards));
    }
    ranges.add(range(front, shards));
    ranges.sort(Comparator.comparingLong(Range::from));
    return new CursorPosition(joined(ranges, firstAllowed));
  }

  private static Range range(Lane lane, Shard[] shards) {
    long from = lane.nextSeq();
    if (lane.queued > 0) {
      for (Shard shard : shards) {
        from = Math.min(from, shard.oldestSeq(lane));
      }
    }
    return new Range(from, lane.endSeq);
  }

  private static List<Range> joined(List<Range> ranges, long firstAllowed) {
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges) {
      long from = Math.max(range.from(), firstAllowed);
      if (from >= range.to()) {
        continue;
      }
      Range last = joined.isEmpty() ? null : joined.getLast();
      boolean join =
          last != null && (from <= last.to() || joined.size() == CursorPosition.RANGES_MAX - 1);
      if (last != null && join) {
        joined.removeLast();
        from = last.from();
      }
      joined.add(
          new Range(from, last == null || !join ? range.to() : Math.max(last.to(), range.to())));
    }
    return joined;
  }

  int ranges() {
    return 1 + waiting.size() + (back == null ? 0 : 1);
  }

  /// Reads the lane's next entry where it has none; null where there is none yet.
  static @Nullable Entry read(Lane lane) throws IOException {
    Entry current = lane.entry;
    if (current != null) {
      return current;
    }
    Entry next = lane.cursor.next();
    lane.entry = next;
    lane.slab = 0;
    lane.sample = 0;
    if (next != null) {
      lane.readMs = next.nowMs();
    }
    return next;
  }

  void close() {
    front.cursor.close();
    Lane current = back;
    if (current != null) {
      current.cursor.close();
    }
  }
}
