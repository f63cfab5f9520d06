package dev.tocsin.agent.config;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The section `global`, with Prometheus's defaults.
///
/// @param evaluationIntervalMs of rule groups that name none; at least 1
/// @param ruleQueryOffsetMs of rule groups that name none
public record GlobalConfig(
    long scrapeIntervalMs, long evaluationIntervalMs, long ruleQueryOffsetMs, Labels external) {
  private static final long MINUTE_MS = 60_000;
  public static final GlobalConfig DEFAULT =
      new GlobalConfig(MINUTE_MS, MINUTE_MS, 0, Labels.empty());

  static GlobalConfig read(Fields fields) {
    long scrapeMs = positive(fields, "scrape_interval", MINUTE_MS);
    long evaluationMs = positive(fields, "evaluation_interval", MINUTE_MS);
    long offsetMs = fields.durationMs("rule_query_offset", 0);
    Labels external = labels(fields, fields.scalars("external_labels"));
    Unsupported.report(
        fields, "scrape_timeout", "query_log_file", "scrape_protocols", "body_size_limit");
    Unsupported.report(
        fields, "sample_limit", "label_limit", "target_limit", "metric_name_validation_scheme");
    fields.done();
    return new GlobalConfig(scrapeMs, evaluationMs, offsetMs, external);
  }

  /// A duration above zero.
  static long positive(Fields fields, String key, long absentMs) {
    Node place = fields.place();
    long ms = fields.durationMs(key, absentMs);
    if (ms > 0) {
      return ms;
    }
    fields.problem(place, fields.path(key), "must be longer than 0s", "write for example 15s");
    return absentMs;
  }

  private static Labels labels(Fields fields, Map<String, Node.Scalar> map) {
    Labels.Builder labels = Labels.builder();
    map.forEach(
        (name, value) -> {
          String where = fields.path("external_labels") + "." + name;
          if (name.equals(Labels.METRIC_NAME) || !isUtf8(name) || name.isEmpty()) {
            fields.problem(value, where, "\"" + name + "\" is not a valid label name", "");
          } else if (!isUtf8(value.text())) {
            fields.problem(value, where, "the value is not valid UTF-8", "");
          } else {
            labels.set(name, value.text());
          }
        });
    return labels.build();
  }

  private static boolean isUtf8(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
