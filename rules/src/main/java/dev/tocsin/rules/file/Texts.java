package dev.tocsin.rules.file;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.Map;

/// A mapping of names to texts, with their places: labels or annotations.
record Texts(Reading reading, Fields fields, String path, Map<String, Node.Scalar> entries) {
  static Texts of(Reading reading, Fields fields, String key) {
    return new Texts(reading, fields, fields.path(key), fields.scalars(key));
  }

  static String text(Node.Scalar scalar) {
    return scalar.isNull() ? "" : scalar.text();
  }

  void checkLabels() {
    entries.forEach(
        (name, value) -> {
          if (name.equals(Labels.METRIC_NAME)) {
            String hint = "the name of the metric is the rule's \"record\"";
            fields.problem(value, where(name), "is not allowed as a label", hint);
          } else if (!reading.names().isLabel(name)) {
            fields.problem(value, where(name), "\"" + name + "\" is not a valid label name", "");
          }
          checkUtf8(name, value);
        });
  }

  void checkAnnotations() {
    entries.forEach(
        (name, value) -> {
          if (!reading.names().isLabel(name)) {
            String message = "\"" + name + "\" is not a valid annotation name";
            fields.problem(value, where(name), message, "");
          }
          checkUtf8(name, value);
        });
  }

  private void checkUtf8(String name, Node.Scalar value) {
    if (!Names.isUtf8(value.text())) {
      fields.problem(value, where(name), "the value is not valid UTF-8", "");
    }
  }

  String where(String name) {
    return path + "." + name;
  }
}
