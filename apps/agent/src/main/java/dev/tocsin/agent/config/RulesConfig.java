package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `rules`: how sources of rules are asked again.
///
/// @param fileRefreshMs between two looks at the files; 0: only at a reload
/// @param urlRefreshMs between two requests to each URL; 0: only at a reload
/// @param keepMs how long the last good rules of a source that stopped answering run on
public record RulesConfig(long fileRefreshMs, long urlRefreshMs, long keepMs) {
  public static final RulesConfig DEFAULT = new RulesConfig(0, 30_000, 3_600_000);

  static RulesConfig read(Fields fields) {
    boolean given = fields.has("refresh");
    long refreshMs = fields.durationMs("refresh", 0);
    long keepMs = GlobalConfig.positive(fields, "keep_last_good", DEFAULT.keepMs);
    fields.done();
    return given
        ? new RulesConfig(refreshMs, refreshMs, keepMs)
        : new RulesConfig(DEFAULT.fileRefreshMs, DEFAULT.urlRefreshMs, keepMs);
  }
}
