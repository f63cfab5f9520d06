package dev.tocsin.rules.alert;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.record.RuleSample;
import java.util.List;
import java.util.Map;

/// What one evaluation of an alert rule comes to.
public sealed interface AlertOutcome {
  /// The alerts of the rule from now on, the ones resolved lately included, in the order in which
  /// they appeared. Not to be changed.
  Map<Labels, Alert> alerts();

  /// Alerts that were told as firing and are so no more, without having resolved: to be told as
  /// resolved when what was told holds no longer, as an Alertmanager does it.
  List<Alert> lost();

  /// @param early those that fired before their slot and are neither adopted nor resolved yet
  /// @param news in the order of the labels
  record Evaluated(
      Map<Labels, Alert> alerts,
      Map<Labels, Alert> early,
      List<AlertNews> news,
      List<RuleSample> samples,
      List<Alert> lost)
      implements AlertOutcome {}

  /// Nothing is told and nothing is written.
  record Failed(String reason, Map<Labels, Alert> alerts, List<Alert> lost)
      implements AlertOutcome {}
}
