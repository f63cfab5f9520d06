package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `rules`: how rule sources are read again while the agent runs.
///
/// @param filesRefreshMs between two readings of rule files; 0: only at a reload
/// @param urlsRefreshMs the same for rules that come by HTTP
/// @param keepLastGoodMs how long the last good rules of a source run that does not answer
public record RulesConfig(long filesRefreshMs, long urlsRefreshMs, long keepLastGoodMs) {
  public static final RulesConfig DEFAULT = new RulesConfig(0, 30_000, 3_600_000);

  static RulesConfig read(Fields fields) {
    boolean given = fields.has("refresh");
    long refreshMs = fields.durationMs("refresh", 0);
    long keepMs = GlobalConfig.positive(fields, "keep_last_good", DEFAULT.keepLastGoodMs);
    fields.done();
    long everyMs = refreshMs == 0 ? 0 : Math.max(1_000, refreshMs);
    return given ? new RulesConfig(everyMs, everyMs, keepMs) : DEFAULT.keeping(keepMs);
  }

  private RulesConfig keeping(long keepMs) {
    return new RulesConfig(filesRefreshMs, urlsRefreshMs, keepMs);
  }
}
