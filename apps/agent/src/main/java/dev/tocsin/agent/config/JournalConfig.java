package dev.tocsin.agent.config;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.yaml.Fields;
import java.util.List;

/// The section `journal`.
///
/// @param bytesMax how much the journal may take on disk; beyond it a checkpoint is made and older
///   segments go
/// @param checkpointBytes so much is journalled before another checkpoint is written: what a
///   restart may have to replay is a small multiple of it
/// @param syncMs 0: senders are answered when their samples are forced; else when they are written,
///   and forced once in this time
/// @param keepMs how long segments are kept that no restart needs, in half of `bytesMax` at most
/// @param sendersBytesMax how much more may be kept for senders that are behind; beyond it they go
///   on without the oldest
public record JournalConfig(
    long bytesMax, long checkpointBytes, long syncMs, long keepMs, long sendersBytesMax) {
  private static final long MIB = 1 << 20;
  private static final long SYNC_MS = 1000;
  private static final long SYNC_MS_MIN = 10;
  private static final long SYNC_MS_MAX = 60_000;

  public static final JournalConfig DEFAULT =
      new JournalConfig(512 * MIB, 64 * MIB, 0, 0, 1024 * MIB);

  static JournalConfig read(Fields fields) {
    long mib = fields.integer("max_mebibytes", DEFAULT.bytesMax / MIB, 192, 1 << 20);
    long checkpointMib =
        fields.integer("checkpoint_mebibytes", DEFAULT.checkpointBytes / MIB, 1, 1 << 16);
    long keepMs = fields.durationMs("keep_for", DEFAULT.keepMs);
    long syncMs = syncMs(fields);
    long senders = fields.integer("senders_mebibytes", DEFAULT.sendersBytesMax / MIB, 0, 1 << 20);
    fields.done();
    return new JournalConfig(mib * MIB, checkpointMib * MIB, syncMs, keepMs, senders * MIB);
  }

  private static long syncMs(Fields fields) {
    boolean always = fields.word("sync", "always", List.of("always", "interval")).equals("always");
    boolean given = fields.has("sync_interval");
    long intervalMs = fields.durationMs("sync_interval", SYNC_MS);
    String path = fields.path("sync_interval");
    if (given && always) {
      fields.problem(fields.place(), path, "is given without sync: interval", "say sync: interval");
    }
    if (intervalMs < SYNC_MS_MIN || intervalMs > SYNC_MS_MAX) {
      String range = PromDuration.format(SYNC_MS_MIN) + " to " + PromDuration.format(SYNC_MS_MAX);
      fields.problem(fields.place(), path, "must be from " + range, "");
    }
    return always ? 0 : intervalMs;
  }
}
