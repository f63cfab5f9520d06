package dev.tocsin.pipeline.journal;

import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.segment.SegmentFile;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writes staged frames to segments and forces them in groups. Its thread is that of a worker of
/// its own.
///
/// After a failure nothing is retried on the same segment. A while later the stage is asked for a
/// new one; it is written and forced as usual, but its entries count as undurable until a
/// checkpoint covers all that came before it.
final class JournalWriter implements Worker {
  private enum State {
    /// What is forced is durable.
    RUNNING,
    /// Entries are dropped until it is time to try again.
    FAILED,
    /// Entries are dropped until the stage begins a new segment.
    AWAITING,
    /// A new segment is written; a checkpoint is needed.
    RECOVERING
  }

  private final Disk disk;
  private final Clock clock;
  private final Path directory;
  private final JournalConfig config;
  private final StagingBuffer staging;
  private final JournalProgress progress;
  private final SegmentLedger ledger;
  private final JournalListener listener;
  private final ByteBuffer view;

  /// The least time between two forces that nobody waits for, and frames before a force.
  private final long groupNanos;

  private final int groupFrames;

  private volatile State state = State.RUNNING;
  private volatile String failure = "";
  private volatile long appendedBytes;
  private volatile long recoveryFirstSeq;
  private final AtomicLong checkpointSeq = new AtomicLong(-1);
  private final ForceTimes forceTimes = new ForceTimes();
  private final AtomicLong failures = new AtomicLong();

  private @Nullable SegmentFile segment;
  private int epoch;
  private long retryAtNanos;
  private long forcedAtNanos;
  private int unforcedFrames;
  private boolean withinEntry;

  /// The newest entry written, the newest one forced, the newest one taken from the staging.
  private long writtenSeq;

  private long forcedSeq;
  private long passedSeq;
  private long toldUndurable;

  /// The newest entry told durable: forced, or with a sync interval written.
  private long toldSeq;

  JournalWriter(
      Disk disk,
      Clock clock,
      Path directory,
      JournalConfig config,
      StagingBuffer staging,
      JournalProgress progress,
      SegmentLedger ledger,
      JournalListener listener) {
    this.disk = disk;
    this.clock = clock;
    this.directory = directory;
    this.config = config;
    this.staging = staging;
    this.progress = progress;
    this.ledger = ledger;
    this.listener = listener;
    this.view = staging.bytes().duplicate();
    this.groupNanos = isInterval() ? config.syncNanos() : config.groupNanos();
    this.groupFrames = isInterval() ? Integer.MAX_VALUE : config.groupFrames();
    this.writtenSeq = progress.durableSeq();
    this.forcedSeq = writtenSeq;
    this.passedSeq = writtenSeq;
    this.toldUndurable = writtenSeq;
    this.toldSeq = writtenSeq;
    this.forcedAtNanos = clock.monotonicNanos() - groupNanos;
  }

  private boolean isInterval() {
    return config.syncNanos() > 0;
  }

  @Override
  public String name() {
    return "journal-writer";
  }

  @Override
  public int step() {
    if (state == State.FAILED && clock.monotonicNanos() - retryAtNanos >= 0) {
      epoch++;
      state = State.AWAITING;
      progress.askForSegment(epoch);
    }
    finishRecovery();
    int handled = drain();
    if (isInterval()) {
      tellDurable(writtenSeq);
    }
    if (isForceDue()) {
      force();
    }
    if (unforcedFrames == 0) {
      allocate();
    }
    tellUndurable();
    progress.madeRoom();
    return handled;
  }

  @Override
  public long deadlineNanos() {
    if (state == State.FAILED) {
      return retryAtNanos;
    }
    return writtenSeq > forcedSeq ? forcedAtNanos + groupNanos : Long.MAX_VALUE;
  }

  /// Writes what is staged, forces it, marks the segment as complete, and gives back its unused
  /// space.
  @Override
  public void stopped() {
    while (drain() > 0) {
      force();
    }
    force();
    finishRecovery();
    SegmentFile current = segment;
    if (current != null && !withinEntry) {
      try {
        current.seal(writtenSeq);
        ledger.put(current.header().firstSeq(), current.allocated());
      } catch (IOException e) {
        fail("the end of " + current.path().getFileName() + ": " + e.getMessage());
      }
    }
    tellUndurable();
    close();
  }

  private int drain() {
    long mark = staging.firstMark();
    long begin = mark;
    long end = staging.endOfMarks();
    while (mark < end && unforcedFrames < groupFrames) {
      if (staging.startsSegment(mark)) {
        startSegment(mark);
        mark++;
      } else if (!staging.isFrame(mark)) {
        passedSeq = staging.seq(mark);
        if (isWriting()) {
          fail(staging.unencodableReason());
        }
        mark++;
      } else if (isWriting()) {
        mark = writeRun(mark, end);
      } else {
        if (staging.endsEntry(mark)) {
          passedSeq = staging.seq(mark);
        }
        mark++;
      }
      staging.consume(mark);
    }
    return (int) (mark - begin);
  }

  /// Writes frames that lie behind one another with one call.
  private long writeRun(long first, long end) {
    int from = staging.start(first);
    int to = from;
    int room = groupFrames - unforcedFrames;
    long seq = writtenSeq;
    long mark = first;
    boolean within = withinEntry;
    while (mark < end
        && mark - first < room
        && staging.isFrame(mark)
        && staging.start(mark) == to) {
      to += staging.length(mark);
      within = !staging.endsEntry(mark);
      if (!within) {
        seq = staging.seq(mark);
      }
      mark++;
    }
    passedSeq = seq;
    SegmentFile current = segment;
    if (current == null) {
      fail("no segment");
      return mark;
    }
    try {
      current.append(view.clear().limit(to).position(from));
    } catch (IOException e) {
      fail("a write to " + current.path().getFileName() + ": " + e.getMessage());
      return mark;
    }
    withinEntry = within;
    writtenSeq = seq;
    unforcedFrames += (int) (mark - first);
    long appended = appendedBytes + (to - from); // one writer: no update can be lost
    appendedBytes = appended;
    return mark;
  }

  private void startSegment(long mark) {
    if (state == State.FAILED || staging.epoch(mark) != epoch) {
      return;
    }
    force();
    if (state == State.FAILED) {
      return;
    }
    close();
    boolean recovering = state != State.RUNNING;
    long firstSeq = staging.seq(mark);
    boolean afterGap = state == State.AWAITING;
    long limit = config.journalBytesMax() + (recovering ? 2L * config.segmentBytes() : 0);
    try {
      ledger.makeRoom(limit - config.segmentBytes());
    } catch (IOException e) {
      fail("an old segment stays: " + e.getMessage());
      return;
    }
    if (ledger.recoveryBytes() + config.segmentBytes() > limit) {
      fail("the journal has reached its size limit of " + config.journalBytesMax() + " bytes");
      return;
    }
    try {
      if (afterGap) {
        ledger.deleteFrom(firstSeq); // nothing durable can be there
      }
      SegmentHeader header = new SegmentHeader(firstSeq, staging.nowMs(mark), afterGap);
      SegmentFile created = SegmentFile.create(disk, directory, header, config.allocationBytes());
      segment = created;
      ledger.begin(firstSeq, header.createdMs(), created.allocated());
    } catch (IOException e) {
      fail("a new segment: " + e.getMessage());
      return;
    }
    if (afterGap) {
      writtenSeq = firstSeq - 1;
      forcedSeq = writtenSeq;
      passedSeq = writtenSeq;
      recoveryFirstSeq = firstSeq;
      state = State.RECOVERING;
      listener.checkpointNeeded();
    }
  }

  /// What is only kept gives way where there is no space left.
  private void makeRoomOnDisk() {
    try {
      if (disk.usableBytes(directory) < config.segmentBytes()) {
        ledger.makeRoom(0);
      }
    } catch (IOException _) {
      // the first failure is the one to report
    }
  }

  private boolean isWriting() {
    return state == State.RUNNING || state == State.RECOVERING;
  }

  private boolean isForceDue() {
    if (unforcedFrames == 0) {
      return false;
    }
    if (unforcedFrames >= groupFrames) {
      return true;
    }
    long wanted = progress.wantedSeq();
    boolean awaited = wanted > forcedSeq && wanted <= writtenSeq;
    boolean groupEnds = clock.monotonicNanos() - forcedAtNanos >= groupNanos;
    return writtenSeq > forcedSeq && (awaited || groupEnds);
  }

  private void force() {
    SegmentFile current = segment;
    if (current == null || unforcedFrames == 0) {
      return;
    }
    long began = clock.monotonicNanos();
    try {
      current.force();
    } catch (IOException e) {
      fail("a force of " + current.path().getFileName() + ": " + e.getMessage());
      return;
    }
    forceTimes.add(clock.monotonicNanos() - began);
    forcedAtNanos = began;
    unforcedFrames = 0;
    if (writtenSeq > forcedSeq) {
      forcedSeq = writtenSeq;
      if (state == State.RUNNING) {
        progress.durable(forcedSeq);
        tellDurable(forcedSeq);
        listener.forced(forcedSeq);
      }
    }
  }

  private void tellDurable(long seq) {
    if (state == State.RUNNING && seq > toldSeq) {
      toldSeq = seq;
      listener.durable(seq);
    }
  }

  /// Zeros ahead, while nobody waits.
  private void allocate() {
    SegmentFile current = segment;
    if (current == null || !isWriting() || !current.wantsSpace(config.segmentBytes())) {
      return;
    }
    try {
      current.allocate(config.segmentBytes());
      ledger.put(current.header().firstSeq(), current.allocated());
    } catch (IOException e) {
      fail("space for " + current.path().getFileName() + ": " + e.getMessage());
    }
  }

  private void fail(String reason) {
    boolean first = state == State.RUNNING;
    boolean recovering = state == State.RECOVERING;
    failure = reason;
    failures.incrementAndGet();
    state = State.FAILED;
    retryAtNanos = clock.monotonicNanos() + config.retryNanos();
    unforcedFrames = 0;
    withinEntry = false;
    close();
    makeRoomOnDisk();
    if (first) {
      toldUndurable = toldSeq;
      listener.failed(toldSeq + 1, reason);
    }
    if (recovering) {
      try {
        ledger.deleteFrom(recoveryFirstSeq);
      } catch (IOException _) {
        // tried again with the next segment; recovery ignores it, too
      }
    }
    writtenSeq = forcedSeq;
  }

  private void finishRecovery() {
    if (state != State.RECOVERING || checkpointSeq.get() < recoveryFirstSeq - 1) {
      return;
    }
    force();
    if (state != State.RECOVERING) {
      return;
    }
    tellUndurable();
    failure = "";
    progress.durable(forcedSeq);
    state = State.RUNNING;
    toldSeq = forcedSeq;
    listener.recovered(forcedSeq);
    listener.forced(forcedSeq);
  }

  private void tellUndurable() {
    if (state != State.RUNNING && passedSeq > toldUndurable) {
      toldUndurable = passedSeq;
      listener.undurable(passedSeq);
    }
  }

  private void close() {
    SegmentFile current = segment;
    segment = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException _) {
        // all that counts was forced before
      }
    }
  }

  /// A checkpoint of this seq is durable. Any thread.
  void checkpointed(long seq) {
    checkpointSeq.accumulateAndGet(seq, Math::max);
    progress.wakeWriter();
  }

  /// Whether recovery waits for a checkpoint. Any thread.
  boolean needsCheckpoint() {
    return state == State.RECOVERING && checkpointSeq.get() < recoveryFirstSeq - 1;
  }

  /// The first entry of the segment that recovery began with; 0 where there was none. Any thread.
  long recoveryFirstSeq() {
    return recoveryFirstSeq;
  }

  /// Bytes of frames written. Any thread.
  long appendedBytes() {
    return appendedBytes;
  }

  /// Why entries are undurable now, or the empty string. Any thread.
  String failure() {
    return failure;
  }

  /// Any thread.
  long failures() {
    return failures.get();
  }

  /// Any thread.
  ForceTimes forceTimes() {
    return forceTimes;
  }
}
