package dev.tocsin.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RuleFileReaderTest {
  private final Problems problems = new Problems();

  private RuleFile read(String text) {
    return RuleFileReader.read("r.yml", text, problems);
  }

  private List<String> said() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  /// The only problem of a group with this one rule, indented as an item of a list.
  private String saidOfRule(String rule) {
    read("groups:\n  - name: g\n    rules:\n" + rule.indent(6));
    assertThat(said()).hasSize(1);
    return said().getFirst();
  }

  @Test
  void readsAllThatARuleFileMayHold() {
    RuleFile file =
        read(
            """
            groups:
              - name: one
                interval: 30s
                query_offset: 5s
                limit: 10
                labels: {team: a, zone: x}
                rules:
                  - alert: High
                    expr: |
                      errors_total
                        > 5
                    for: 5m
                    keep_firing_for: 1m30s
                    labels: {severity: 'page {{ $value }}', zone: y}
                    annotations: {summary: "{{ $labels.instance }} is high"}
                  - record: job:errors
                    expr: sum(errors_total)
                    labels: {gone: ""}
              - name: two
            """);
    assertThat(said()).isEmpty();
    RuleGroup one = file.groups().getFirst();
    assertThat(one.intervalMs()).isEqualTo(OptionalLong.of(30_000));
    assertThat(one.queryOffsetMs()).isEqualTo(OptionalLong.of(5000));
    assertThat(one.limit()).isEqualTo(10);
    AlertRule alert = (AlertRule) one.rules().getFirst();
    assertThat(alert.name()).isEqualTo("High");
    assertThat(alert.query()).isEqualTo("errors_total > 5");
    assertThat(alert.forMs()).isEqualTo(300_000);
    assertThat(alert.keepFiringForMs()).isEqualTo(90_000);
    assertThat(alert.labelTexts())
        .containsExactly(
            new TextEntry("severity", "page {{ $value }}"),
            new TextEntry("team", "a"),
            new TextEntry("zone", "y"));
    assertThat(alert.annotationTexts())
        .containsExactly(new TextEntry("summary", "{{ $labels.instance }} is high"));
    RecordingRule record = (RecordingRule) one.rules().get(1);
    assertThat(record.name()).isEqualTo("job:errors");
    assertThat(record.labels())
        .containsExactly(
            new TextEntry("gone", ""), new TextEntry("team", "a"), new TextEntry("zone", "x"));
    RuleGroup two = file.groups().get(1);
    assertThat(two.rules()).isEmpty();
    assertThat(two.intervalMs()).isEmpty();
    assertThat(two.queryOffsetMs()).isEmpty();
  }

  @Test
  void anIntervalOfZeroIsTheGlobalOneButAnOffsetOfZeroIsZero() {
    RuleGroup group =
        read("groups: [{name: g, interval: 0s, query_offset: 0s}]").groups().getFirst();
    assertThat(said()).isEmpty();
    assertThat(group.intervalMs()).isEmpty();
    assertThat(group.queryOffsetMs()).isEqualTo(OptionalLong.of(0));
  }

  @Test
  void anEmptyFileHasNoGroups() {
    assertThat(read("").groups()).isEmpty();
    assertThat(read("groups:\n").groups()).isEmpty();
    assertThat(said()).isEmpty();
  }

  @Test
  void everyMistakeIsSaidAtOnceWithItsPlace() {
    read(
        """
        groups:
          - name: g
            intervall: 5s
            rules:
              - record: a
                expr: up
                for: 5m
                annotations: {x: y}
              - alert: b
                exprr: up
              - alert: c
                expr: up >
                labels: {__name__: x}
          - name: g
          - rules: []
        """);
    assertThat(said())
        .containsExactlyInAnyOrder(
            "r.yml:7:14: groups[0].rules[0].for: is not allowed in a recording rule\n"
                + "    only alerts have it",
            "r.yml:8:22: groups[0].rules[0].annotations: is not allowed in a recording rule\n"
                + "    only alerts have it",
            "r.yml:9:9: groups[0].rules[1].expr: must be given and not be empty",
            "r.yml:10:9: groups[0].rules[1].exprr: unknown key\n    did you mean \"expr\"?",
            "r.yml:12:19: groups[0].rules[2].expr: could not parse expression: unexpected end of"
                + " input",
            "r.yml:13:28: groups[0].rules[2].labels.__name__: is not allowed as a label\n"
                + "    the name of the metric is the rule's \"record\"",
            "r.yml:3:5: groups[0].intervall: unknown key\n    did you mean \"interval\"?",
            "r.yml:14:5: groups[1].name: \"g\" is there twice in this file\n"
                + "    give it another name",
            "r.yml:15:5: groups[2].name: must be given and not be empty");
  }

  @Test
  void aRuleIsARecordOrAnAlert() {
    assertThat(saidOfRule("- expr: up"))
        .isEqualTo(
            "r.yml:4:9: groups[0].rules[0].alert: either \"record\" or \"alert\" must be given");
  }

  @Test
  void aRuleIsNotARecordAndAnAlert() {
    assertThat(saidOfRule("- record: a\n  alert: b\n  expr: up"))
        .isEqualTo(
            "r.yml:5:16: groups[0].rules[0].alert: only one of \"record\" and \"alert\" may be"
                + " given\n    make two rules of it");
  }

  @Test
  void zeroForsAndEmptyAnnotationsOfARecordingRuleDoNoHarm() {
    read(
        """
        groups:
          - name: g
            rules: [{record: a, expr: up, for: 0s, keep_firing_for: 0m, annotations: {}}]
        """);
    assertThat(said()).isEmpty();
  }

  @Test
  void aNameWithBracesIsAMistake() {
    assertThat(saidOfRule("- record: 'a{b=\"c\"}'\n  expr: up"))
        .startsWith("r.yml:4:17: groups[0].rules[0].record: braces in the name");
  }

  @Test
  void namesMayBeLegacyOnly() {
    String text = "groups: [{name: g, rules: [{record: a.b, expr: up, labels: {c-d: e}}]}]";
    read(text);
    assertThat(said()).isEmpty();
    RuleFileReader.read("r.yml", text, new ReadOptions(true, false), problems);
    assertThat(said())
        .containsExactly(
            "r.yml:1:66: groups[0].rules[0].labels.c-d: \"c-d\" is not a valid label name",
            "r.yml:1:37: groups[0].rules[0].record: \"a.b\" is not a valid metric name");
  }

  @Test
  void unknownKeysMayBeIgnored() {
    String text = "groups: [{name: g, owner: me, rules: [{record: a, expr: up, x: y}]}]\nz: 1";
    RuleFile file = RuleFileReader.read("r.yml", text, new ReadOptions(false, true), problems);
    assertThat(said()).isEmpty();
    assertThat(file.groups().getFirst().rules()).hasSize(1);
  }

  @Test
  void aMistakeInABlockIsFoundOnItsLine() {
    assertThat(saidOfRule("- record: a\n  expr: |\n    sum(\n      up +\n    )"))
        .startsWith("r.yml:8:11: groups[0].rules[0].expr: could not parse");
  }

  @Test
  void aMistakeInAFoldedBlockWithAnAnchorIsFoundOnItsLine() {
    assertThat(saidOfRule("- record: a\n  expr: &e >-\n    sum(\n      up +\n    )"))
        .startsWith("r.yml:8:11: groups[0].rules[0].expr: could not parse");
  }

  @Test
  void aMistakeBehindEscapesIsFound() {
    assertThat(saidOfRule("- record: a\n  expr: \"up{a=\\\"b\\\"}\\n+ * 1\""))
        .startsWith("r.yml:5:31: groups[0].rules[0].expr: could not parse");
  }

  @Test
  void aMistakeBehindDoubledQuotesIsFound() {
    assertThat(saidOfRule("- record: a\n  expr: 'up{a=''b''} + * 1'"))
        .startsWith("r.yml:5:30: groups[0].rules[0].expr: could not parse");
  }

  @Test
  void aMistakeInAPlainTextOverLinesIsFound() {
    assertThat(saidOfRule("- record: a\n  expr: up\n    + * 1"))
        .startsWith("r.yml:6:13: groups[0].rules[0].expr: could not parse");
  }

  @Test
  void aWrongTemplateIsFoundInTheGroupsLabelsToo() {
    read(
        """
        groups:
          - name: g
            labels: {a: "{{ $nobody }}"}
            rules:
              - alert: x
                expr: up
                annotations:
                  summary: |
                    first line
                    {{ nofunction }}
              - record: y
                expr: up
        """);
    assertThat(said()).hasSize(2);
    assertThat(said().get(0))
        .startsWith("r.yml:3:")
        .contains("groups[0].labels.a: group \"g\": template: __alert_x:1:")
        .contains("$nobody");
    assertThat(said().get(1))
        .startsWith("r.yml:10:")
        .contains("groups[0].rules[0].annotations.summary: ")
        .contains("nofunction");
  }

  @Test
  void aSecondDocumentIsIgnoredWithAWarning() {
    RuleFile file = read("groups: [{name: a}]\n---\ngroups: [{nam: b}]\n");
    assertThat(said()).isEmpty();
    assertThat(file.groups()).hasSize(1);
    assertThat(file.warnings())
        .extracting(Problem::message)
        .containsExactly("a second YAML document follows; it is ignored");
  }

  @Test
  void anExpressionThatAlwaysFailsIsWarnedOf() {
    RuleFile file = read("groups: [{name: g, rules: [{record: a, expr: '\"text\"'}]}]");
    assertThat(said()).isEmpty();
    assertThat(file.warnings())
        .extracting(Problem::message)
        .containsExactly("its result is a string: the rule will always fail");
  }

  @Test
  void readsTheSpecOfAPrometheusRule() {
    RuleFile file =
        read(
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: x}
            spec:
              groups:
                - name: g
                  partial_response_strategy: warn
                  rules: [{record: a, expr: up}]
            """);
    assertThat(said()).isEmpty();
    assertThat(file.groups().getFirst().rules()).hasSize(1);
  }

  @Test
  void anotherKindOfManifestIsRefused() {
    read("kind: ConfigMap\nspec: {groups: []}");
    assertThat(said())
        .containsExactly(
            "r.yml:1:1: kind: \"ConfigMap\" is not PrometheusRule\n"
                + "    only manifests of this kind hold rules");
  }
}
