package dev.tocsin.rules.file;

import dev.tocsin.yaml.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Reads one group.
final class GroupReader {
  private final Reading reading;
  private final Fields fields;

  GroupReader(Reading reading, Fields fields) {
    this.reading = reading;
    this.fields = fields;
  }

  RuleGroup read() {
    String name = fields.required("name");
    OptionalLong intervalMs = duration("interval");
    OptionalLong queryOffsetMs = duration("query_offset");
    int limit = (int) fields.integer("limit", 0, 0, Integer.MAX_VALUE);
    Texts labels = Texts.of(reading, fields, "labels");
    labels.checkLabels();
    List<Rule> rules = new ArrayList<>();
    for (Fields rule : fields.mappings("rules")) {
      new RuleReader(reading, rule, name, labels).read().ifPresent(rules::add);
    }
    if (reading.manifest()) {
      fields.take("partial_response_strategy");
    }
    reading.done(fields);
    // Zero is no interval: Prometheus takes the global one then.
    OptionalLong interval =
        intervalMs.orElse(0) == 0 ? OptionalLong.empty() : OptionalLong.of(intervalMs.getAsLong());
    return new RuleGroup(name, interval, queryOffsetMs, limit, entries(labels), rules);
  }

  private static List<TextEntry> entries(Texts labels) {
    List<TextEntry> all = new ArrayList<>();
    new TreeMap<>(labels.entries())
        .forEach((name, text) -> all.add(new TextEntry(name, Texts.text(text))));
    return all;
  }

  private OptionalLong duration(String key) {
    boolean given = fields.has(key);
    long ms = fields.durationMs(key, 0);
    return given ? OptionalLong.of(ms) : OptionalLong.empty();
  }
}
