package dev.tocsin.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.YamlReader;
import org.junit.jupiter.api.Test;

class RulesConfigTest {
  private final Problems problems = new Problems();

  private RulesConfig read(String text) {
    return YamlReader.read("t.yml", text, problems)
        .map(document -> RulesConfig.read(Fields.of("t.yml", document.root(), "rules", problems)))
        .orElseThrow();
  }

  @Test
  void onlyUrlsAreAskedAgainWhereNothingIsSaid() {
    assertThat(read("{}")).isEqualTo(RulesConfig.DEFAULT);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void oneRefreshIsForFilesAndUrls() {
    assertThat(read("{refresh: 5s, keep_last_good: 2h}"))
        .isEqualTo(new RulesConfig(5000, 5000, 7_200_000));
    assertThat(read("{refresh: 0s}")).isEqualTo(new RulesConfig(0, 0, 3_600_000));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void rulesThatAreNotKeptAtAllAreAMistake() {
    read("{keep_last_good: 0s, refrsh: 1s}");
    assertThat(problems.list()).extracting(Problem::path).contains("rules.keep_last_good");
    assertThat(problems.count()).isEqualTo(2);
  }
}
