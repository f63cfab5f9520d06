package dev.tocsin.collect.remotewrite;

import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.accounting.Refusal;

/// What is wrong with the labels of a series. Prometheus's rules, with bounds.
public enum LabelFault {
  NONE("", Refusal.INVALID_LABELS),
  TOO_MANY("more than " + Limits.LABELS_MAX + " labels", Refusal.INVALID_LABELS),
  NAME_EMPTY("an empty label name", Refusal.INVALID_LABELS),
  NAME_TOO_LONG(
      "a label name of more than " + Limits.LABEL_NAME_BYTES_MAX + " bytes",
      Refusal.INVALID_LABELS),
  VALUE_TOO_LONG(
      "a label value of more than " + Limits.LABEL_VALUE_BYTES_MAX + " bytes",
      Refusal.INVALID_LABELS),
  TOO_LONG(
      "labels of more than " + Limits.SERIES_KEY_BYTES_MAX + " bytes together",
      Refusal.INVALID_LABELS),
  NOT_UTF8("a label that is not UTF-8", Refusal.INVALID_LABELS),
  NO_METRIC_NAME("no metric name (label __name__)", Refusal.INVALID_LABELS),
  DUPLICATE("a label name twice", Refusal.DUPLICATE_LABELS);

  private final String text;
  private final Refusal refusal;

  LabelFault(String text, Refusal refusal) {
    this.text = text;
    this.refusal = refusal;
  }

  public String text() {
    return text;
  }

  public Refusal refusal() {
    return refusal;
  }
}
