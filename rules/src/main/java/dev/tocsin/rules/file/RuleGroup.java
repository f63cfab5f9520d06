package dev.tocsin.rules.file;

import java.util.List;
import java.util.OptionalLong;

/// Rules that are evaluated together, in order, at the same time.
///
/// @param intervalMs empty: `global.evaluation_interval`
/// @param queryOffsetMs empty: `global.rule_query_offset`
/// @param limit the most series or alerts of each rule; 0: no limit
/// @param labels as written in the group; the rules have them already
/// @param rules in the order of the file
public record RuleGroup(
    String name,
    OptionalLong intervalMs,
    OptionalLong queryOffsetMs,
    int limit,
    List<TextEntry> labels,
    List<Rule> rules) {
  public RuleGroup {
    labels = List.copyOf(labels);
    rules = List.copyOf(rules);
  }
}
