package dev.tocsin.rules.template;

import dev.tocsin.model.labels.Labels;

/// What a template sees: `.Labels`, `.ExternalLabels`, `.ExternalURL`, `.Value`, and for `now` and
/// `query` the time of the evaluation.
///
/// @param labels of the alert, without the rule's own templated labels
/// @param externalUrl absolute, as `http://host:9090/prefix`; may be empty
/// @param timeMs Unix time of the evaluation, milliseconds
public record TemplateData(
    Labels labels,
    Labels externalLabels,
    String externalUrl,
    double value,
    long timeMs,
    TemplateQuery query) {}
