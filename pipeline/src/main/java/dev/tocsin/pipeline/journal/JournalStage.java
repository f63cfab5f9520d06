package dev.tocsin.pipeline.journal;

import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.format.EntryEncoder;
import dev.tocsin.pipeline.journal.format.ReferenceTable;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Reads the ring and encodes into the staging buffer, so that slabs are free again long before the
/// disk has them. Decides where segments begin, because every segment defines the references it
/// uses. Its thread is that of a worker of its own.
///
/// A tick alone does not wake the writer: what has nothing to say but that time passed is written
/// with what comes after it, or a while later, unless somebody waits for it.
final class JournalStage implements Worker {
  /// Frames in one step.
  private static final int STEP_FRAMES = 256;

  /// References that are given newer names in one step: a millisecond.
  private static final int STEP_RENEWED = 512;

  /// How long ticks wait for the writer at most.
  static final long TICKS_WAIT_NANOS = 250_000_000;

  private final EntryReader reader;
  private final StagingBuffer staging;
  private final JournalProgress progress;
  private final EntryEncoder encoder;
  private final ReferenceTable table;
  private final long segmentBytes;
  private final Clock clock;

  private @Nullable Entry current;
  private long lastSeq;
  private long lastNowMs;
  private int epoch;
  private boolean inSegment;
  private long segmentBegan;

  /// Whether ticks wait for the writer, since when, and whether it is to have all now.
  private boolean holdsTicks;

  private long heldSinceNanos;
  private boolean isUrgent;
  private volatile long samples;
  private volatile long undefinedReferences;

  JournalStage(
      EntryReader reader,
      StagingBuffer staging,
      JournalProgress progress,
      ReferenceTable table,
      long segmentBytes,
      Clock clock,
      JournalStart start) {
    this.clock = clock;
    this.reader = reader;
    this.staging = staging;
    this.progress = progress;
    this.table = table;
    this.segmentBytes = segmentBytes;
    this.encoder = new EntryEncoder(staging, table, progress::durableSeq);
    this.lastSeq = start.lastSeq();
    this.lastNowMs = start.lastNowMs();
    this.epoch = progress.epoch();
  }

  @Override
  public String name() {
    return "journal-stage";
  }

  @Override
  public int step() {
    int handled = rollIfAsked() ? 1 : 0;
    while (handled < STEP_FRAMES && stepFrame()) {
      handled++;
    }
    if (handled > 0) {
      samples = encoder.samples();
      undefinedReferences = encoder.undefinedReferences();
    }
    if (handled > 0 || holdsTicks) {
      wakeWriter();
    }
    return handled + (table.renew(STEP_RENEWED) ? 1 : 0);
  }

  private void wakeWriter() {
    // Whoever wants an entry says so and wakes the writer; if that found nothing staged yet, it is
    // seen here.
    VarHandle.fullFence();
    if (isUrgent || progress.wantedSeq() > progress.durableSeq() || hasHeldLong()) {
      isUrgent = false;
      holdsTicks = false;
      progress.wakeWriter();
    }
  }

  private boolean hasHeldLong() {
    long nowNanos = clock.monotonicNanos();
    if (!holdsTicks) {
      holdsTicks = true;
      heldSinceNanos = nowNanos;
    }
    return nowNanos - heldSinceNanos >= TICKS_WAIT_NANOS;
  }

  @Override
  public long deadlineNanos() {
    return holdsTicks ? heldSinceNanos + TICKS_WAIT_NANOS : Long.MAX_VALUE;
  }

  /// Encodes one frame. False where there is nothing to encode, or no room.
  private boolean stepFrame() {
    Entry entry = current;
    if (entry == null) {
      entry = reader.poll();
      if (entry == null) {
        return false;
      }
      if (entry.seq() != lastSeq + 1) {
        throw new IllegalStateException(
            "entry " + entry.seq() + " follows entry " + lastSeq + " in the ring");
      }
      current = entry;
    }
    if (!encoder.isBusy()) {
      if (wantsSegment() && !roll(entry.seq(), entry.nowMs())) {
        return blocked();
      }
      encoder.begin(entry);
    }
    if (!encoder.step()) {
      return blocked();
    }
    isUrgent |= !(entry.input() instanceof Input.Tick);
    if (!encoder.isBusy()) {
      current = null;
      lastSeq = entry.seq();
      lastNowMs = entry.nowMs();
      reader.done(entry);
    }
    return true;
  }

  /// The writer looks for a waiting stage in every step, so waking it after this loses no wake.
  private boolean blocked() {
    progress.stageWaits(true);
    progress.wakeWriter();
    return false;
  }

  /// After a failure the writer asks for a new segment; with no entry coming it begins at the next
  /// one to come.
  private boolean rollIfAsked() {
    return !encoder.isBusy()
        && current == null
        && epoch != progress.epoch()
        && roll(lastSeq + 1, lastNowMs);
  }

  private boolean wantsSegment() {
    return !inSegment
        || epoch != progress.epoch()
        || SegmentHeader.BYTES + encoder.bytes() - segmentBegan >= segmentBytes;
  }

  private boolean roll(long firstSeq, long nowMs) {
    int asked = progress.epoch();
    if (!staging.publishSegment(firstSeq, nowMs, asked)) {
      return false;
    }
    epoch = asked;
    isUrgent = true;
    inSegment = true;
    segmentBegan = encoder.bytes();
    table.startSegment();
    return true;
  }

  /// Samples encoded. Any thread.
  long samples() {
    return samples;
  }

  /// Any thread; see [EntryEncoder#undefinedReferences].
  long undefinedReferences() {
    return undefinedReferences;
  }
}
