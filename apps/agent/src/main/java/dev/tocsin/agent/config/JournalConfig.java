package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `journal`.
///
/// @param bytesMax how much the journal may take on disk; beyond it a checkpoint is made and older
///   segments go
/// @param checkpointBytes so much is journalled before another checkpoint is written: what a
///   restart may have to replay is a small multiple of it
public record JournalConfig(long bytesMax, long checkpointBytes) {
  private static final long MIB = 1 << 20;
  public static final JournalConfig DEFAULT = new JournalConfig(512 * MIB, 64 * MIB);

  static JournalConfig read(Fields fields) {
    long mib = fields.integer("max_mebibytes", DEFAULT.bytesMax / MIB, 192, 1 << 20);
    long checkpointMib =
        fields.integer("checkpoint_mebibytes", DEFAULT.checkpointBytes / MIB, 1, 1 << 16);
    fields.done();
    return new JournalConfig(mib * MIB, checkpointMib * MIB);
  }
}
