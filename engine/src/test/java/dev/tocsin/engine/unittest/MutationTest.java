package dev.tocsin.engine.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.RuleSet.RuleText;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Damaged test files and rule files: whatever is in them, there is a report.
class MutationTest {
  private static final int CASES = 1500;
  private static final long SEED = 20_261_125;

  private static final String RULES =
      """
      groups:
        - name: g
          query_offset: 1s
          limit: 5
          labels: {team: x}
          rules:
            - {record: "r:y", expr: 'sum by (a) (rate(x[2m]))', labels: {l: v}}
            - alert: A
              expr: x{a!="1"} > 1
              for: 1m
              keep_firing_for: 30s
              labels: {severity: '{{ $labels.a }}'}
              annotations: {s: '{{ $value | humanize }}'}
      """;

  private static final String TESTS =
      """
      rule_files: [rules.yml]
      evaluation_interval: 1m
      group_eval_order: [g, h]
      fuzzy_compare: true
      tests:
        - name: n
          interval: 30s
          start_timestamp: 2024-01-01T00:00:00Z
          input_series:
            - {series: 'x{a="2"}', values: '1+1x9 _ stale'}
            - {series: h, values: '{{schema:1 count:3 buckets:[1 2]}}x3'}
          external_labels: {dc: x}
          external_url: http://here
          alert_rule_test:
            - eval_time: 3m
              alertname: A
              exp_alerts: [{exp_labels: {a: 2, severity: 2}, exp_annotations: {s: 7}}]
          promql_expr_test:
            - {expr: x, eval_time: 1m, exp_samples: [{labels: 'x{a="2"}', value: 3}]}
            - {expr: h, exp_samples: [{labels: h, histogram: '{{count:3}}'}]}
      """;

  @Test
  void everyDamagedFileGivesAReport() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int failed = 0;
    for (int i = 0; i < CASES; i++) {
      boolean rules = random.nextInt(3) == 0;
      String damaged = damaged(rules ? RULES : TESTS, random);
      String rulesText = rules ? damaged : RULES;
      String tests = rules ? TESTS : damaged;
      try {
        UnitTestReport report =
            UnitTests.run(
                "t.yml",
                tests,
                _ -> List.of(new RuleText("rules.yml", rulesText)),
                UnitTestOptions.DEFAULT);
        assertThat(report.failures()).noneMatch(failure -> failure.contains("internal error"));
        failed += report.passed() ? 0 : 1;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + SEED + ", case " + i + ":\n" + damaged, e);
      }
    }
    assertThat(failed).isGreaterThan(CASES / 3);
  }

  private static String damaged(String text, RandomGenerator random) {
    StringBuilder out = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(5)) {
        case 0 -> out.deleteCharAt(at);
        case 1 -> out.insert(at, "{}[]:,'\"\n-x9~&*!|>%@`".charAt(random.nextInt(21)));
        case 2 -> out.setCharAt(at, (char) random.nextInt(0x20, 0x7f));
        case 3 -> {
          int end = Math.min(out.length(), at + 1 + random.nextInt(20));
          String piece = out.substring(at, end);
          out.insert(random.nextInt(out.length()), piece);
        }
        default -> out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(20)));
      }
    }
    return out.toString();
  }
}
