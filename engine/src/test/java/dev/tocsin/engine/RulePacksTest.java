package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.rules.file.RuleGroup;
import dev.tocsin.rules.file.TemplateEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Rule packs in real use, loaded as they are: every alert fires on data made to fit, and resolves
/// when the data say so. The data are found by trying; see [PackSearch].
class RulePacksTest {
  /// Alerts that cannot do it, by construction; docs/rule-packs.md lists them too.
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "kubePrometheus-prometheusRule.yaml general.rules Watchdog 1",
          "vector(1): always true",
          "alertmanager-prometheusRule.yaml alertmanager.rules"
              + " AlertmanagerClusterFailedToSendAlerts 4",
          "integration!~`.*` selects no series: never true",
          "alert_rule.yaml test rule1 0",
          "a comparison of two numbers: always true",
          "alert_rule1.yaml test2 rule2 0",
          "a comparison of two numbers: always true");

  private static Path conformance() {
    String named = System.getenv("TOCSIN_CONFORMANCE");
    Path folder =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("tocsin.root", ".."), "..", "shared", "conformance");
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "not there: " + folder);
    return folder;
  }

  /// One alert of a file.
  private record Case(String text, String name, int group, int index, AlertRule rule) {}

  @TestFactory
  Stream<DynamicTest> everyAlertFiresAndResolves() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String folder : List.of("rule_packs", "rules_fixtures")) {
      try (Stream<Path> files = Files.list(conformance().resolve(folder))) {
        for (Path file : files.sorted().toList()) {
          if (!file.getFileName().toString().equals("invalid_rules.yaml")) {
            cases.addAll(cases(file));
          }
        }
      }
    }
    assertThat(cases).hasSizeGreaterThan(60);
    assertThat(cases).extracting(Case::name).containsAll(EXCEPTIONS.keySet());
    return cases.stream().map(one -> dynamicTest(one.name, () -> check(one)));
  }

  private static List<Case> cases(Path file) throws IOException {
    String text = Files.readString(file);
    Problems problems = new Problems();
    RuleFile read = RuleFileReader.read(file.toString(), text, problems);
    assertThat(problems.list()).isEmpty();
    List<Case> cases = new ArrayList<>();
    for (int g = 0; g < read.groups().size(); g++) {
      RuleGroup group = read.groups().get(g);
      for (int r = 0; r < group.rules().size(); r++) {
        if (group.rules().get(r) instanceof AlertRule alert) {
          String name = file.getFileName() + " " + group.name() + " " + alert.name() + " " + r;
          cases.add(new Case(text, name, g, r, alert));
        }
      }
    }
    return cases;
  }

  private static void check(Case one) {
    Optional<PackSearch.Data> data = PackSearch.find(one.rule);
    boolean excepted = EXCEPTIONS.containsKey(one.name);
    assertThat(data.isEmpty())
        .as("no data for %s: %s", one.name, one.rule.query())
        .isEqualTo(excepted);
    data.ifPresent(found -> run(one, found));
  }

  private static void run(Case one, PackSearch.Data data) {
    Stand stand = new Stand();
    stand.nowMs = PackSearch.START * 1000 - 1;
    stand.load(one.text);
    assertThat(stand.engine.view().reloadProblem()).isEmpty();
    boolean fired = false;
    long step = data.stepSeconds();
    for (long seconds = PackSearch.START; seconds <= data.endSeconds(); seconds += step) {
      for (int i = 0; i < data.series().size(); i++) {
        double value = data.value(i, seconds);
        if (!Double.isNaN(value)) {
          stand.sample(seconds * 1000, value, data.series().get(i));
        }
      }
      stand.tick(seconds * 1000);
      fired |= state(stand, one) == AlertState.FIRING;
    }
    for (EngineView.Group group : stand.engine.view().groups()) {
      assertThat(group.rules()).allMatch(rule -> rule.health() == Health.OK);
    }
    assertThat(fired).as("%s fired on %s", one.name, data).isTrue();
    assertThat(state(stand, one)).as("state at the end of %s", data).isEqualTo(AlertState.INACTIVE);
    List<AlertEvent> told = stand.events.stream().filter(event -> isOf(one.rule, event)).toList();
    assertThat(told)
        .extracting(AlertEvent::kind)
        .contains(AlertEvent.Kind.FIRING, AlertEvent.Kind.RESOLVED);
    for (AlertEvent event : told) {
      event
          .annotations()
          .forEach((_, text) -> assertThat(text).doesNotContain("<error expanding template"));
    }
  }

  private static EngineView.Rule rule(Stand stand, Case one) {
    return stand.engine.view().groups().get(one.group).rules().get(one.index);
  }

  private static AlertState state(Stand stand, Case one) {
    return rule(stand, one).state();
  }

  private static boolean isOf(AlertRule rule, AlertEvent event) {
    Labels labels = event.labels();
    for (TemplateEntry label : rule.labels()) {
      if (label.isConstant() && !labels.get(label.name()).equals(label.text())) {
        return false;
      }
    }
    return labels.get("alertname").equals(rule.name());
  }
}
