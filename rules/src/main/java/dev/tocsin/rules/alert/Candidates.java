package dev.tocsin.rules.alert;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.TemplateEntry;
import dev.tocsin.rules.template.TemplateData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes an alert of every element of a result.
final class Candidates {
  private static final String ALERT_NAME = "alertname";

  private final AlertRule rule;
  private final Moment moment;
  private final Surroundings surroundings;

  Candidates(AlertRule rule, Moment moment, Surroundings surroundings) {
    this.rule = rule;
    this.moment = moment;
    this.surroundings = surroundings;
  }

  /// Pending since now; by identity. Fewer than there are elements where two have the same.
  Map<Labels, Alert> of(List<Element> result) {
    Map<Labels, Alert> all = HashMap.newHashMap(result.size());
    for (Element element : result) {
      TemplateData data =
          new TemplateData(
              element.labels(),
              moment.externalLabels(),
              moment.externalUrl(),
              element.value(),
              moment.timeMs(),
              surroundings.query());
      Labels labels = labels(element.labels(), data);
      if (all.containsKey(labels)) {
        return Map.of();
      }
      all.put(
          labels,
          Alert.pending(
              labels,
              element.labels().withoutMetricName(),
              annotations(data),
              element.value(),
              moment.timeMs(),
              AlertSeries.of(rule, labels)));
    }
    return all;
  }

  /// The element's, then the rule's, then the alert's name; an empty one removes.
  private Labels labels(Labels element, TemplateData data) {
    Labels.Builder labels = element.toBuilder().remove(Labels.METRIC_NAME);
    for (TemplateEntry label : rule.labels()) {
      labels.set(label.name(), label.template().expandOrError(data).text());
    }
    return labels.set(ALERT_NAME, rule.name()).build();
  }

  private Labels annotations(TemplateData data) {
    if (rule.annotations().isEmpty()) {
      return Labels.empty();
    }
    Labels.Builder annotations = Labels.builder();
    for (TemplateEntry annotation : rule.annotations()) {
      annotations.set(annotation.name(), annotation.template().expandOrError(data).text());
    }
    return annotations.build();
  }
}
