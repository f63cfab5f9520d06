package dev.tocsin.model.input;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// All that decides what rules mean: their text, and the parts of the configuration they depend on.
///
/// @param files rule files in the order of the configuration
/// @param externalLabels `global.external_labels`
/// @param externalUrl the address users reach this agent at; used by templates and generator URLs
/// @param evaluationIntervalMs `global.evaluation_interval`
/// @param queryOffsetMs `global.rule_query_offset`
/// @param settings how they are run
public record RuleSet(
    List<RuleText> files,
    Labels externalLabels,
    String externalUrl,
    long evaluationIntervalMs,
    long queryOffsetMs,
    RuleSettings settings) {

  public static final RuleSet NONE = new RuleSet(List.of(), Labels.empty(), "", 60_000, 0);

  public RuleSet {
    files = List.copyOf(files);
  }

  /// With [RuleSettings#DEFAULT].
  public RuleSet(
      List<RuleText> files,
      Labels externalLabels,
      String externalUrl,
      long evaluationIntervalMs,
      long queryOffsetMs) {
    this(
        files,
        externalLabels,
        externalUrl,
        evaluationIntervalMs,
        queryOffsetMs,
        RuleSettings.DEFAULT);
  }

  public RuleSet with(RuleSettings other) {
    return new RuleSet(
        files, externalLabels, externalUrl, evaluationIntervalMs, queryOffsetMs, other);
  }

  /// One rule file: its name as users know it, and its content.
  public record RuleText(String name, String content) {}
}
