package dev.tocsin.pipeline.journal;

/// The bounds of a journal.
///
/// @param segmentBytes nominal size of a segment; the next entry after it goes to a new one
/// @param allocationBytes space allocated ahead of the writer at a time, in zeros
/// @param stagingBytes encoded and not yet written; beyond it the stage stops reading, the ring
///   fills, and sources slow down. 8 MiB are 250 ms at a million samples a second
/// @param groupNanos the least time between two forces, unless somebody waits or `groupFrames` are
///   written
/// @param groupFrames frames written at most before a force
/// @param retryNanos how long after a failure a new segment, or another checkpoint, is tried
/// @param checkpointBytes journalled since the last checkpoint; with less no other is wanted. Two
///   checkpoints are kept, so a replay may have to read what came since the older one
/// @param checkpointRatio as often its own size must have been journalled since the last
///   checkpoint, so that writing checkpoints stays a small part of all writing
/// @param checkpointNanos the least time between two checkpoints. A quarter of `journalBytesMax`
///   journalled since the last one ends the wait for size and time
/// @param journalBytesMax all segments together; beyond it a checkpoint is wanted at once, and a
///   new segment is not allocated: the journal has failed until a checkpoint makes room
/// @param salvage at the start, read on behind damage and leave out what cannot be read, instead of
///   refusing to start
/// @param syncNanos 0: inputs are told durable when they are forced; else when they are written,
///   and forced once in this time: what was told within it may be lost when the machine stops
/// @param keepMs segments that no checkpoint needs are kept until all in them is older than this,
///   as long as all segments together are at most half of `journalBytesMax`; 0: they go at once
public record JournalConfig(
    int segmentBytes,
    int allocationBytes,
    int stagingBytes,
    long groupNanos,
    int groupFrames,
    long retryNanos,
    long checkpointBytes,
    int checkpointRatio,
    long checkpointNanos,
    long journalBytesMax,
    boolean salvage,
    long syncNanos,
    long keepMs) {
  private static final int MIB = 1 << 20;

  public static final JournalConfig DEFAULT =
      new JournalConfig(
          64 * MIB,
          MIB,
          8 * MIB,
          2_000_000,
          512,
          5_000_000_000L,
          64L * MIB,
          4,
          60_000_000_000L,
          512L * MIB,
          false,
          0,
          0);

  public JournalConfig {
    if (segmentBytes < 1024 || allocationBytes < 1024 || allocationBytes > segmentBytes) {
      throw new IllegalArgumentException("1024 <= allocationBytes <= segmentBytes");
    }
    if (stagingBytes < StagingBuffer.BYTES_MIN) {
      throw new IllegalArgumentException("stagingBytes is below " + StagingBuffer.BYTES_MIN);
    }
    if (checkpointRatio < 0 || checkpointNanos < 0) {
      throw new IllegalArgumentException("a bound of checkpoints is negative");
    }
    if (groupNanos < 0 || groupFrames < 1 || retryNanos < 0 || checkpointBytes < 1) {
      throw new IllegalArgumentException("a bound of the journal is negative or zero");
    }
    if (syncNanos < 0 || keepMs < 0) {
      throw new IllegalArgumentException("a time of the journal is negative");
    }
    if (journalBytesMax < 4L * segmentBytes) {
      throw new IllegalArgumentException("journalBytesMax is below four segments");
    }
  }

  /// Forced before it is told, and nothing kept that is not needed.
  public JournalConfig(
      int segmentBytes,
      int allocationBytes,
      int stagingBytes,
      long groupNanos,
      int groupFrames,
      long retryNanos,
      long checkpointBytes,
      int checkpointRatio,
      long checkpointNanos,
      long journalBytesMax,
      boolean salvage) {
    this(
        segmentBytes,
        allocationBytes,
        stagingBytes,
        groupNanos,
        groupFrames,
        retryNanos,
        checkpointBytes,
        checkpointRatio,
        checkpointNanos,
        journalBytesMax,
        salvage,
        0,
        0);
  }

  public JournalConfig withSync(long intervalNanos) {
    return with(intervalNanos, keepMs);
  }

  public JournalConfig withKept(long ms) {
    return with(syncNanos, ms);
  }

  private JournalConfig with(long newSyncNanos, long newKeepMs) {
    return new JournalConfig(
        segmentBytes,
        allocationBytes,
        stagingBytes,
        groupNanos,
        groupFrames,
        retryNanos,
        checkpointBytes,
        checkpointRatio,
        checkpointNanos,
        journalBytesMax,
        salvage,
        newSyncNanos,
        newKeepMs);
  }

  public JournalConfig withSalvage(boolean on) {
    return new JournalConfig(
        segmentBytes,
        allocationBytes,
        stagingBytes,
        groupNanos,
        groupFrames,
        retryNanos,
        checkpointBytes,
        checkpointRatio,
        checkpointNanos,
        journalBytesMax,
        on,
        syncNanos,
        keepMs);
  }

  public JournalConfig withSizes(long checkpointEvery, long journalMax) {
    return new JournalConfig(
        segmentBytes,
        allocationBytes,
        stagingBytes,
        groupNanos,
        groupFrames,
        retryNanos,
        checkpointEvery,
        checkpointRatio,
        checkpointNanos,
        journalMax,
        salvage,
        syncNanos,
        keepMs);
  }

  /// With other bounds of when a checkpoint is wanted.
  public JournalConfig withCheckpoints(long bytes, int ratio, long nanos) {
    return new JournalConfig(
        segmentBytes,
        allocationBytes,
        stagingBytes,
        groupNanos,
        groupFrames,
        retryNanos,
        bytes,
        ratio,
        nanos,
        journalBytesMax,
        salvage,
        syncNanos,
        keepMs);
  }
}
