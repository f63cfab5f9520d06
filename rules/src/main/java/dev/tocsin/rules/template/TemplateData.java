package dev.tocsin.rules.template;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// What a template sees: `.Labels`, `.ExternalLabels`, `.ExternalURL`, `.Value`, and for `now` and
/// `query` the time of the evaluation.
///
/// @param labels of the alert, without the rule's own templated labels
/// @param externalUrl absolute, as `http://host:9090/prefix`; may be empty
/// @param histogram the value where it is a native histogram; else null
/// @param timeMs Unix time of the evaluation, milliseconds
public record TemplateData(
    Labels labels,
    Labels externalLabels,
    String externalUrl,
    double value,
    @Nullable FloatHistogram histogram,
    long timeMs,
    TemplateQuery query) {
  /// With a float.
  public TemplateData(
      Labels labels,
      Labels externalLabels,
      String externalUrl,
      double value,
      long timeMs,
      TemplateQuery query) {
    this(labels, externalLabels, externalUrl, value, null, timeMs, query);
  }
}
