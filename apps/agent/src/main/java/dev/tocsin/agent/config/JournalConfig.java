package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `journal`.
///
/// @param bytesMax how much the journal may take on disk; beyond it a checkpoint is made and older
///   segments go
public record JournalConfig(long bytesMax) {
  private static final long MIB = 1 << 20;
  public static final JournalConfig DEFAULT = new JournalConfig(512 * MIB);

  static JournalConfig read(Fields fields) {
    long mib = fields.integer("max_mebibytes", DEFAULT.bytesMax / MIB, 192, 1 << 20);
    fields.done();
    return new JournalConfig(mib * MIB);
  }
}
