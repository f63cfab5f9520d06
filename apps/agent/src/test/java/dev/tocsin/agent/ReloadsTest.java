package dev.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.net.HttpCalling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadsTest {
  private static final String CONFIG = "rule_files: [a.yml, b.yml]\nhost: {enabled: false}\n";

  private static final String ADDRESS =
      "rule_files: [a.yml, 'http://h/r.yml']\nhost: {enabled: false}\n";

  private final SimWorld world = new SimWorld(1);
  private final Engine engine = new Engine(EngineOptions.of(new StoreLimits(100, 1 << 20)));
  private final List<String> printed = new ArrayList<>();
  private final Takeover takeover = new Takeover();
  private long seq;
  private RuleSources sources = new RuleSources(world.clock(), 1, printed::add);
  private List<RuleText> remembered = List.of();

  /// What the address of rules answers; empty: nothing.
  private String served = "";

  @BeforeEach
  void files() throws IOException {
    world.disk().createDirectories(Path.of("/etc/tocsin"));
    write("tocsin.yml", CONFIG);
    write("a.yml", rule("A", "up == 0"));
    write("b.yml", rule("B", "up == 0"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aChangedFileRunsAfterAReload() throws IOException {
    Reloads reloads = start();
    write("b.yml", rule("C", "up == 1"));
    Reloads.Result result = reloads.reload();
    assertThat(result.problems()).isEmpty();
    assertThat(running()).containsExactly("A", "C");
    assertThat(printed).singleElement().asString().startsWith("Reloaded 2 rule file(s) in ");
  }

  @Test
  void nothingIsGivenToTheEngineWhereNothingChanged() {
    Reloads reloads = start();
    long before = seq;
    assertThat(reloads.reload().isFine()).isTrue();
    assertThat(seq).isEqualTo(before);
    assertThat(printed).hasSize(1);
  }

  @Test
  void badFilesChangeNothingAndAllThatIsWrongIsSaid() throws IOException {
    Reloads reloads = start();
    write("a.yml", rule("A2", "up =="));
    write("b.yml", rule("B2", "sum("));
    Reloads.Result result = reloads.reload();
    assertThat(result.isFine()).isFalse();
    assertThat(String.join("\n", result.problems())).contains("a.yml:").contains("b.yml:");
    assertThat(running()).containsExactly("A", "B");
    assertThat(reloads.status().successful()).isFalse();
    assertThat(printed.getFirst()).isEqualTo("Reload refused; everything stays as it was:");
  }

  @Test
  void aReloadThatSucceedsAfterOneThatFailedClearsIt() throws IOException {
    Reloads reloads = start();
    long startedMs = reloads.status().successAtMs();
    write("a.yml", "groups: [{name: }]");
    assertThat(reloads.reload().isFine()).isFalse();
    assertThat(reloads.status().successAtMs()).isEqualTo(startedMs);
    write("a.yml", rule("A", "up == 0"));
    assertThat(reloads.reload().isFine()).isTrue();
    assertThat(reloads.status().successful()).isTrue();
  }

  @Test
  void aMissingFileIsAProblemOfTheConfiguration() throws IOException {
    Reloads reloads = start();
    world.disk().delete(Path.of("/etc/tocsin/b.yml"));
    assertThat(reloads.reload().problems()).singleElement().asString().contains("does not exist");
    assertThat(running()).containsExactly("A", "B");
  }

  @Test
  void sectionsThatNeedARestartAreNamed() throws IOException {
    Reloads reloads = start();
    write(
        "tocsin.yml",
        CONFIG
            + "global: {external_labels: {dc: x}, evaluation_interval: 5s}\n"
            + "alerting: {alertmanagers: [{static_configs: [{targets: ['am:9093']}]}]}\n");
    Reloads.Result result = reloads.reload();
    assertThat(result.notes())
        .contains(
            "Changed, and needs a restart: global.external_labels",
            "Changed, and needs a restart: alerting");
    assertThat(engine.rules().externalLabels().size()).isZero();
    assertThat(engine.rules().evaluationIntervalMs()).isEqualTo(5_000);
  }

  @Test
  void sectionsThatAreTheSameNeedNoRestart() throws IOException {
    write(
        "tocsin.yml",
        CONFIG
            + """
            alerting:
              alert_relabel_configs: [{regex: 'replica_.*', action: labeldrop}]
              alertmanagers: [{static_configs: [{targets: ['am:9093']}]}]
            notify:
              route: {receiver: x, group_by: ['...']}
              receivers: [{name: x, webhook_configs: [{url: 'http://h/'}]}]
            """);
    assertThat(start().reload().notes()).hasSize(1);
  }

  @Test
  void anEngineThatHasNoPlaceForRulesIsSaid() throws IOException {
    Reloads reloads = start(_ -> 0);
    write("b.yml", rule("C", "up == 1"));
    assertThat(reloads.reload().problems()).singleElement().asString().contains("try again");
  }

  @Test
  void rulesComeByHttpToo() throws IOException {
    write("tocsin.yml", ADDRESS);
    served = rule("H", "up == 0");
    Reloads reloads = start();
    assertThat(running()).containsExactly("A", "H");
    assertThat(reloads.refreshMs()).isEqualTo(30_000);
    served = rule("H2", "up == 0");
    reloads.refresh();
    assertThat(running()).containsExactly("A", "H2");
    assertThat(printed).containsExactly("Rules changed at their sources; they run now.");
  }

  @Test
  void anAddressThatDoesNotAnswerKeepsItsLastGoodRulesAndSaysSoOnce() throws IOException {
    write("tocsin.yml", ADDRESS);
    served = rule("H", "up == 0");
    Reloads reloads = start();
    served = "";
    reloads.refresh();
    world.clock().advance(3_599_000_000_000L);
    reloads.refresh();
    assertThat(running()).containsExactly("A", "H");
    assertThat(printed)
        .containsExactly(
            "Rule source http://h/r.yml: h:80: refused; its last good rules run on for 3600 s.");
    assertThat(sources.problem()).contains("its last good rules run");
  }

  @Test
  void afterTheTimeTheRulesEndByName() throws IOException {
    write("tocsin.yml", ADDRESS);
    served = rule("H", "up == 0");
    Reloads reloads = start();
    served = "groups: [";
    reloads.refresh();
    world.clock().advance(3_601_000_000_000L);
    reloads.refresh();
    assertThat(running()).containsExactly("A");
    assertThat(printed.get(1)).contains("has not answered for 3600 s").endsWith("end: H.");
    assertThat(sources.problem()).contains("none of its rules run");
    served = rule("H", "up == 0");
    reloads.refresh();
    assertThat(running()).containsExactly("A", "H");
    assertThat(sources.problem()).isEmpty();
  }

  @Test
  void rulesFromBeforeARestartRunWhereTheirAddressDoesNotAnswer() throws IOException {
    write("tocsin.yml", ADDRESS);
    remembered = List.of(new RuleText("http://h/r.yml", rule("H", "up == 0")));
    Reloads reloads = start();
    assertThat(running()).containsExactly("A", "H");
    assertThat(reloads.reload().isFine()).isTrue();
    assertThat(running()).containsExactly("A", "H");
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws IOException {
    write("tocsin.yml", ADDRESS);
    served = "#".repeat(RuleFetcher.BYTES_MAX + 1);
    start();
    assertThat(sources.problem()).contains("is larger than 4194304 bytes");
  }

  @Test
  void filesAreReadAgainWhereTheConfigurationSaysSo() throws IOException {
    write("tocsin.yml", CONFIG + "rules: {refresh: 10s, keep_last_good: 1m}\n");
    Reloads reloads = start();
    assertThat(reloads.refreshMs()).isEqualTo(10_000);
    write("a.yml", rule("A2", "up == 0"));
    world.disk().delete(Path.of("/etc/tocsin/b.yml"));
    reloads.refresh();
    assertThat(running()).containsExactly("A2", "B");
    write("a.yml", rule("A3", "up =="));
    reloads.refresh();
    assertThat(running()).containsExactly("A2", "B");
    world.clock().advance(61_000_000_000L);
    write("a.yml", rule("A3", "up == 0"));
    reloads.refresh();
    assertThat(running()).containsExactly("A3");
    assertThat(printed.getLast()).startsWith("Rules changed");
  }

  private void answer(HttpCalling.HttpCall call, Consumer<HttpCalling.HttpOutcome> then) {
    then.accept(
        served.isEmpty()
            ? new HttpCalling.HttpOutcome.Failed("h:80: refused")
            : new HttpCalling.HttpOutcome.Answered(
                200, Map.of(), served.getBytes(StandardCharsets.UTF_8)));
  }

  private Reloads start() {
    return start(this::take);
  }

  private Reloads start(ToLongFunction<Input> submit) {
    AgentOptions options =
        new AgentOptions(
            Optional.of("/etc/tocsin/tocsin.yml"),
            "127.0.0.1",
            0,
            Path.of("/data"),
            "",
            false,
            true,
            Features.NONE);
    ConfigSource source = new ConfigSource(options, world.disk());
    Problems problems = new Problems();
    Loaded loaded = source.read(List.of(), problems);
    assertThat(problems.list()).isEmpty();
    sources =
        new RuleSources(world.clock(), loaded.config().rules().keepLastGoodMs(), printed::add);
    sources.remember(remembered);
    RuleFetcher fetcher = new RuleFetcher(this::answer, Features.NONE);
    Reloads reloads =
        new Reloads(
            source,
            sources,
            fetcher,
            loaded,
            "http://here",
            world.clock(),
            submit,
            takeover,
            printed::add);
    take(new Input.Reload(reloads.running()));
    return reloads;
  }

  private long take(Input input) {
    var _ = engine.step(++seq, world.clock().wallMillis(), input);
    takeover.applied((Input.Reload) input, engine.reloadProblem(), 1);
    return seq;
  }

  private List<String> running() {
    return engine.view().groups().stream()
        .flatMap(group -> group.rules().stream())
        .map(rule -> rule.name())
        .toList();
  }

  private static String rule(String name, String expr) {
    return "groups: [{name: g, rules: [{alert: %s, expr: '%s'}]}]\n".formatted(name, expr);
  }

  private void write(String name, String text) throws IOException {
    world
        .disk()
        .replace(Path.of("/etc/tocsin").resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
