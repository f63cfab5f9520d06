package dev.tocsin.rules.alert;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.TemplateEntry;
import dev.tocsin.rules.template.TemplateData;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes an alert of every element of a result. What cannot have changed since the last evaluation
/// is taken from there: the identity where the rule's labels are no templates, the annotations
/// where the value is the same and they ask nothing outside.
final class Candidates {
  private static final String ALERT_NAME = "alertname";

  private final AlertRule rule;
  private final Moment moment;
  private final Surroundings surroundings;
  private final Map<Labels, Alert> knownByElement;
  private final boolean pureAnnotations;

  /// @param before the alerts of the last evaluation
  Candidates(AlertRule rule, Map<Labels, Alert> before, Moment moment, Surroundings surroundings) {
    this.rule = rule;
    this.moment = moment;
    this.surroundings = surroundings;
    this.pureAnnotations = rule.hasPureAnnotations();
    boolean remembers = !moment.renewed() && rule.hasConstantLabels() && !before.isEmpty();
    this.knownByElement = HashMap.newHashMap(remembers ? before.size() : 0);
    if (remembers) {
      for (Alert alert : before.values()) {
        if (alert.isSeen()) {
          knownByElement.put(alert.element(), alert);
        }
      }
    }
  }

  /// Pending since now; by identity, in the order of the result. Fewer than there are elements
  /// where two have the same.
  Map<Labels, Alert> of(List<Element> result) {
    Map<Labels, Alert> all = LinkedHashMap.newLinkedHashMap(result.size());
    for (Element element : result) {
      Alert alert = of(element);
      if (all.put(alert.labels(), alert) != null) {
        return all;
      }
    }
    return all;
  }

  private Alert of(Element element) {
    Alert known = knownByElement.get(element.labels());
    TemplateData data = data(element);
    Labels labels = known == null ? labels(element.labels(), data) : known.labels();
    return Alert.pending(
        labels,
        element.labels(),
        known == null || !saysTheSame(known, element) ? annotations(data) : known.annotations(),
        value(element),
        moment.timeMs(),
        known == null ? AlertSeries.of(rule, labels) : known.series());
  }

  /// Of a native histogram 0, as in Prometheus: only templates see the histogram.
  private static double value(Element element) {
    return element.histogram() == null ? element.value() : 0;
  }

  /// Prometheus has one NaN in templates; ours print alike too.
  private boolean saysTheSame(Alert known, Element element) {
    return pureAnnotations
        && element.histogram() == null
        && Double.compare(known.value(), element.value()) == 0;
  }

  private TemplateData data(Element element) {
    return new TemplateData(
        element.labels(),
        moment.externalLabels(),
        moment.externalUrl(),
        value(element),
        element.histogram(),
        moment.timeMs(),
        surroundings.query());
  }

  /// The element's, then the rule's, then the alert's name; an empty one removes.
  private Labels labels(Labels element, TemplateData data) {
    Labels.Builder labels = element.toBuilder().remove(Labels.METRIC_NAME);
    for (TemplateEntry label : rule.labels()) {
      labels.set(label.name(), text(label, data));
    }
    return labels.set(ALERT_NAME, rule.name()).build();
  }

  private Labels annotations(TemplateData data) {
    if (rule.annotations().isEmpty()) {
      return Labels.empty();
    }
    Labels.Builder annotations = Labels.builder();
    for (TemplateEntry annotation : rule.annotations()) {
      annotations.set(annotation.name(), text(annotation, data));
    }
    return annotations.build();
  }

  private static String text(TemplateEntry entry, TemplateData data) {
    return entry.isConstant() ? entry.text() : entry.template().expandOrError(data).text();
  }
}
