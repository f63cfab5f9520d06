package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.template.TemplateQuery;

/// What an evaluation of an alert rule asks of whoever has the data.
public interface Surroundings {
  /// The samples behind the element of the result that has these labels, or had them.
  Evidence evidence(Labels element);

  /// Whether an alert that is absent from the result is to be left as it is: after an outage, until
  /// its sources had the chance to deliver.
  boolean holds(Alert absent);

  /// For templates.
  TemplateQuery query();
}
