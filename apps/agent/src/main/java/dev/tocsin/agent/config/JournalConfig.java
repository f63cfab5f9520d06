package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `journal`.
///
/// @param bytesMax how much the journal may take on disk; beyond it a checkpoint is made and older
///   segments go
/// @param sendersBytesMax how much more may be kept for senders that are behind; beyond it they go
///   on without the oldest
public record JournalConfig(long bytesMax, long sendersBytesMax) {
  private static final long MIB = 1 << 20;
  public static final JournalConfig DEFAULT = new JournalConfig(512 * MIB, 1024 * MIB);

  static JournalConfig read(Fields fields) {
    long mib = fields.integer("max_mebibytes", DEFAULT.bytesMax / MIB, 192, 1 << 20);
    long senders = fields.integer("senders_mebibytes", DEFAULT.sendersBytesMax / MIB, 0, 1 << 20);
    fields.done();
    return new JournalConfig(mib * MIB, senders * MIB);
  }
}
