package dev.tocsin.bench.contract.generate;

import dev.tocsin.bench.contract.script.FileText;
import dev.tocsin.bench.contract.script.GroupText;
import dev.tocsin.bench.contract.script.RuleText;
import java.util.ArrayList;
import java.util.List;

/// Rule files, and how they change.
final class Rules {
  private static final List<String> ALERTS = List.of("A", "B", "C", "D");

  private final Luck luck;
  private final Conditions conditions;
  private final long baseMs;
  private int ids;
  private int groups;

  /// @param baseMs what intervals are made of
  Rules(Luck luck, long baseMs) {
    this.luck = luck;
    this.conditions = new Conditions(luck);
    this.baseMs = baseMs;
  }

  List<FileText> files() {
    List<FileText> files = new ArrayList<>();
    int count = luck.percent(80) ? 1 : 2;
    for (int i = 0; i < count; i++) {
      List<GroupText> all = new ArrayList<>();
      for (int g = luck.of(1, 1, 1, 2, 2, 3); g > 0; g--) {
        all.add(group());
      }
      files.add(new FileText("f" + i + ".yml", all));
    }
    return files;
  }

  private GroupText group() {
    List<RuleText> rules = new ArrayList<>();
    for (int i = luck.between(1, 4); i > 0; i--) {
      rules.add(rule());
    }
    return new GroupText("g" + groups++, settings(), rules);
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (!luck.percent(8)) {
      settings.add("interval: " + interval() + "ms");
    }
    if (luck.percent(30)) {
      settings.add("query_offset: " + offset() + "ms");
    }
    if (luck.percent(25)) {
      settings.add("limit: " + luck.between(1, 4));
    }
    if (luck.percent(12)) {
      settings.add("labels: {team: red}");
    }
    return settings;
  }

  long interval() {
    return luck.of(baseMs, baseMs, baseMs, 2 * baseMs, baseMs + baseMs / 2, baseMs + 1);
  }

  long offset() {
    return luck.of(0L, 1L, 500L, baseMs / 2, baseMs, 3 * baseMs, 10_000L);
  }

  RuleText rule() {
    List<String> lines = new ArrayList<>();
    if (luck.percent(35)) {
      lines.add("record: " + luck.of(Conditions.RECORDED));
      lines.add("expr: " + quoted(conditions.value()));
      if (luck.percent(25)) {
        lines.add("labels: {" + luck.of("kind: x", "job: ''", "instance: ''", "job: all") + "}");
      }
      return new RuleText(ids++, lines);
    }
    lines.add("alert: " + luck.of(ALERTS));
    lines.add("expr: " + quoted(conditions.condition()));
    if (luck.percent(65)) {
      lines.add("for: " + hold() + "ms");
    }
    if (luck.percent(25)) {
      lines.add("keep_firing_for: " + hold() + "ms");
    }
    if (luck.percent(45)) {
      lines.add("labels: {" + labels() + "}");
    }
    if (luck.percent(50)) {
      lines.add("annotations: {" + annotations() + "}");
    }
    return new RuleText(ids++, lines);
  }

  private long hold() {
    return luck.of(
        0L, 1L, baseMs - 1, baseMs, baseMs + 1, baseMs * 3 / 2, 2 * baseMs, 3 * baseMs, 60_000L);
  }

  private String labels() {
    return luck.of(
        "severity: page",
        "severity: page, job: ''",
        "instance: ''",
        "where: '{{ $labels.instance }}-{{ .Labels.job }}'",
        "level: '{{ if gt $value 6.0 }}high{{ else }}low{{ end }}'",
        "v: '{{ $value }}'",
        "dc: '{{ $externalLabels.dc }}'",
        "alertname: other, alertstate: odd",
        "empty: '{{ if false }}x{{ end }}'",
        "n: '{{ len (query \"temperature\") }}'",
        "broken: '{{ $labels.x.y.z }}'");
  }

  private String annotations() {
    return luck.of(
        "summary: '{{ $labels.instance }} has {{ $value }}'",
        "summary: '{{ printf \"%.2f\" $value }} {{ $value | humanize }}'",
        "summary: '{{ range query \"r:a\" }}{{ .Labels.instance }}={{ .Value }} {{ end }}'",
        "summary: '{{ with query \"temperature > 5\" }}{{ . | first | value }}{{ end }}'",
        "summary: '{{ $value | humanizeDuration }} {{ externalURL }}', fixed: text",
        "summary: '{{ query \"up ==\" }}'",
        "summary: '{{ .Nothing }}'",
        "summary: '{{ query \"time()\" | first | value | humanizeTimestamp }}'");
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// What somebody makes of the files.
  List<FileText> changed(List<FileText> files) {
    if (luck.percent(6)) {
      return files();
    }
    List<FileText> next = new ArrayList<>();
    for (FileText file : files) {
      List<GroupText> all = new ArrayList<>();
      for (GroupText group : file.groups()) {
        all.addAll(luck.percent(60) ? changed(group) : List.of(group));
      }
      if (luck.percent(8)) {
        all.add(group());
      }
      next.add(new FileText(file.name(), all));
    }
    if (luck.percent(8)) {
      next = new ArrayList<>(next.reversed());
    }
    return next;
  }

  /// Nothing where it is taken away.
  private List<GroupText> changed(GroupText group) {
    List<RuleText> rules = new ArrayList<>(group.rules());
    switch (luck.below(15)) {
      case 0 -> {
        return List.of();
      }
      case 1 -> {
        return List.of(new GroupText("g" + groups++, group.settings(), rules));
      }
      case 2 -> {
        return List.of(new GroupText(group.name(), settings(), rules));
      }
      case 3 -> rules = new ArrayList<>(rules.reversed());
      case 4, 5 -> rules.remove(luck.below(rules.size()));
      case 6 -> rules.add(luck.below(rules.size() + 1), rule());
      case 7 -> rules.add(luck.of(rules));
      default -> {
        int at = luck.below(rules.size());
        rules.set(at, changed(rules.get(at)));
      }
    }
    return List.of(group.withRules(rules.isEmpty() ? List.of(rule()) : rules));
  }

  private RuleText changed(RuleText rule) {
    List<String> lines = new ArrayList<>(rule.lines());
    boolean alert = lines.getFirst().startsWith("alert");
    if (alert && luck.percent(50)) {
      lines.removeIf(line -> line.startsWith("for:"));
      lines.add("for: " + luck.of(hold(), 8 * baseMs, 20 * baseMs) + "ms");
    } else if (alert && luck.percent(30)) {
      lines.removeIf(line -> line.startsWith("keep_firing_for:"));
      lines.add("keep_firing_for: " + hold() + "ms");
    } else if (alert && luck.percent(40)) {
      lines.removeIf(line -> line.startsWith("labels:"));
      lines.add("labels: {" + labels() + "}");
    } else {
      lines.set(1, "expr: " + quoted(alert ? conditions.condition() : conditions.value()));
    }
    return new RuleText(rule.id(), lines);
  }
}
