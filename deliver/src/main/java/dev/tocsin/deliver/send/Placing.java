package dev.tocsin.deliver.send;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Gives the samples of the journal their places in the shards, as far as there is room. One
/// thread.
final class Placing {
  /// Samples that find their places in one step.
  private static final int STEP_SAMPLES = 8192;

  /// So old is the next sample of a sender that leaves it for later, milliseconds.
  private static final long BEHIND_MS = 30_000;

  private final SendConfig config;
  private final Clock clock;
  private final LongSupplier durableSeq;
  private final Shards shards;
  private final Lanes lanes;
  private final Tally tally;

  Placing(
      SendConfig config,
      Clock clock,
      LongSupplier durableSeq,
      Shards shards,
      Lanes lanes,
      Tally tally) {
    this.config = config;
    this.clock = clock;
    this.durableSeq = durableSeq;
    this.shards = shards;
    this.lanes = lanes;
    this.tally = tally;
  }

  /// Returns how much was done; 0: there is nothing new, or no room.
  int fill(long nowNanos) throws IOException {
    int filled = fill(lanes.front(), nowNanos);
    boolean idle = filled == 0 && lanes.front().entry == null;
    Lane back = idle && hasRoomForOld() ? lanes.back() : null;
    return back == null ? filled : filled + fill(back, nowNanos);
  }

  /// What is old leaves room for what is new.
  private boolean hasRoomForOld() {
    return shards.waiting() < config.queue().samplesPerSend() * shards.all().length;
  }

  private int fill(Lane lane, long nowNanos) throws IOException {
    int filled = 0;
    while (filled < STEP_SAMPLES) {
      Entry entry = Lanes.read(lane);
      if (entry == null) {
        return lane.cursor.isBehind() ? filled + 1 : filled;
      }
      if (lane.slab == 0 && lane.sample == 0 && isToBeLeft(lane, entry)) {
        lanes.leaveBehind();
        return filled + 1;
      }
      int before = filled;
      filled += place(lane, entry, nowNanos);
      if (lane.entry != null) {
        return filled; // a shard is full
      }
      filled = Math.max(filled, before + 1);
    }
    return filled;
  }

  private boolean isToBeLeft(Lane lane, Entry entry) {
    return config.newestFirst()
        && tally.failing.isEmpty()
        && lane == lanes.front()
        && clock.wallMillis() - entry.nowMs() > BEHIND_MS
        && lanes.canLeaveBehind()
        && durableSeq.getAsLong() > entry.seq();
  }

  /// Returns how many samples found a place, or need none. The lane has no entry any more where all
  /// did.
  private int place(Lane lane, Entry entry, long nowNanos) {
    int placed = 0;
    if (entry.input() instanceof Input.Transaction it) {
      while (lane.slab < it.slabs().size()) {
        Slab slab = it.slabs().get(lane.slab);
        while (lane.sample < slab.count()) {
          if (!place(lane, entry, slab, lane.sample, nowNanos)) {
            return placed;
          }
          lane.sample++;
          placed++;
        }
        lane.sample = 0;
        lane.slab++;
      }
    }
    lane.entry = null;
    return placed;
  }

  private boolean place(Lane lane, Entry entry, Slab slab, int i, long nowNanos) {
    @Nullable EncodedHistogram[] histograms = slab.histograms();
    EncodedHistogram histogram = histograms == null ? null : histograms[i];
    if (histogram != null && !config.histograms()) {
      tally.dropped(Dropped.HISTOGRAM, 1);
      return true;
    }
    int number = lane.outgoing(slab.refs[i]);
    if (number < 0) {
      tally.dropped(number == OutgoingNames.DROPPED ? Dropped.RELABEL : Dropped.UNDEFINED, 1);
      return true;
    }
    return shards
        .of(number)
        .offer(
            number,
            slab.timesMs[i],
            slab.values[i],
            histogram,
            lane,
            entry.seq(),
            entry.nowMs(),
            nowNanos);
  }
}
