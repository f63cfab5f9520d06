package dev.tocsin.agent.config;

import dev.tocsin.model.limit.Limits;
import dev.tocsin.yaml.Fields;

/// The section `storage`: what is remembered of series.
///
/// @param memoryBytes how much all series may take: names, windows and history; 0: what the heap
///   allows
/// @param seriesMax how many there may be; 0: what the memory allows
/// @param keepMs a series without samples for so long is forgotten; sooner where there is little
///   room left, but never while a rule sees its last sample
public record StorageConfig(long memoryBytes, int seriesMax, long keepMs) {
  private static final long MIB = 1 << 20;
  private static final long MEBIBYTES_MIN = 2;
  private static final long MEBIBYTES_MAX = 1 << 20;
  private static final long KEEP_MS = 6 * 3_600_000L;
  public static final StorageConfig DEFAULT = new StorageConfig(0, 0, KEEP_MS);

  static StorageConfig read(Fields fields) {
    long mib =
        fields.has("memory_mebibytes")
            ? fields.integer("memory_mebibytes", 0, MEBIBYTES_MIN, MEBIBYTES_MAX)
            : 0;
    long series =
        fields.has("series_max") ? fields.integer("series_max", 0, 1000, Limits.SERIES_MAX) : 0;
    long keepMs = GlobalConfig.positive(fields, "series_keep", KEEP_MS);
    fields.mapping("tsdb").ifPresent(StorageConfig::tsdb);
    Unsupported.report(fields, "exemplars");
    fields.done();
    return new StorageConfig(mib * MIB, (int) series, keepMs);
  }

  private static void tsdb(Fields fields) {
    if (fields.durationMs("out_of_order_time_window", 0) != 0) {
      String message = "is not supported by this version: samples come in order";
      fields.problem(
          fields.place(),
          fields.path("out_of_order_time_window"),
          message,
          "write 0s, or remove it");
    }
    Unsupported.report(fields, "retention", "stale_series_compaction_threshold");
    fields.done();
  }
}
