package dev.tocsin.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.deliver.relabel.RelabelAction;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final String FULL =
      """
      global:
        scrape_interval: 15s
        evaluation_interval: 5s
        rule_query_offset: 1s
        external_labels:
          region: eu
      rule_files:
        - rules/*.yml
      alerting:
        alert_relabel_configs:
          - source_labels: [severity]
            regex: info
            action: Drop
        alertmanagers:
          - scheme: https
            path_prefix: /am
            timeout: 3s
            static_configs:
              - targets: ['am1:9093', 'am2:9093']
      notify:
        route:
          receiver: page
          group_by: ['...']
          group_wait: 0s
          group_interval: 1m
          repeat_interval: 1h
        receivers:
          - name: page
            webhook_configs:
              - url: http://127.0.0.1:8080/hook?token=abc
                send_resolved: false
      host:
        interval: 2s
        job: machine
      journal:
        max_mebibytes: 256
        checkpoint_mebibytes: 8
        sync: interval
        sync_interval: 200ms
        keep_for: 1h
      """;

  private final Problems problems = new Problems();

  private AgentConfig read(String text) {
    return ConfigReader.read("tocsin.yml", text, problems);
  }

  private List<String> mistakes(String text) {
    read(text);
    return problems.list().stream().map(p -> p.toString().lines().findFirst().orElse("")).toList();
  }

  @Test
  void everySectionIsRead() {
    AgentConfig config = read(FULL);
    assertThat(problems.list()).isEmpty();
    assertThat(config.global())
        .isEqualTo(new GlobalConfig(15_000, 5000, 1000, Labels.of("region", "eu")));
    assertThat(config.ruleFiles()).singleElement().extracting("pattern").isEqualTo("rules/*.yml");
    assertThat(config.alertmanagers()).hasSize(1);
    assertThat(config.alertmanagers().getFirst().urls()).hasSize(2);
    assertThat(config.alertmanagers().getFirst().alertRelabel().getFirst().action())
        .isEqualTo(RelabelAction.DROP);
    AgentConfig.NotifyConfig notify = config.notifying().orElseThrow();
    assertThat(notify.route().repeatIntervalMs()).isEqualTo(3_600_000);
    assertThat(notify.receivers().get("page")).hasSize(1);
    assertThat(config.host()).isEqualTo(new HostConfig(true, 2000, "machine", ""));
    assertThat(config.journal())
        .isEqualTo(new JournalConfig(256L << 20, 8L << 20, 200, 3_600_000, 1024L << 20));
  }

  @Test
  void theSyncPolicyIsChecked() {
    assertThat(read("journal: {sync: interval}").journal().syncMs()).isEqualTo(1000);
    assertThat(read("journal: {sync: always}").journal().syncMs()).isZero();
    assertThat(problems.list()).isEmpty();
    assertThat(mistakes("journal: {sync: never}")).hasSize(1).first().asString().contains("always");
    assertThat(mistakes("journal: {sync_interval: 1s}").getLast())
        .contains("is given without sync: interval");
    assertThat(mistakes("journal: {sync: interval, sync_interval: 1ms}").getLast())
        .contains("must be from 10ms to 1m");
  }

  @Test
  void anEmptyFileMeansTheDefaults() {
    assertThat(read("")).isEqualTo(AgentConfig.DEFAULT);
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlace() {
    List<String> all =
        mistakes(
            """
            global:
              evaluation_intervall: 5s
              scrape_interval: 5 parsecs
            scrape_configs: []
            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ['http://am:9093']
                  basic_auth: {}
            notify:
              route:
                receiver: paging
                group_by: [job]
              receivers:
                - name: page
                  email_configs: []
                  webhook_configs:
                    - url: ftp://secret-host/path
            """);
    assertThat(all)
        .containsExactlyInAnyOrder(
            "tocsin.yml:2:3: global.evaluation_intervall: unknown key",
            "tocsin.yml:3:20: global.scrape_interval: \"5 parsecs\" is not a duration",
            "tocsin.yml:4:17: scrape_configs: is not supported by this version",
            "tocsin.yml:8:21: alerting.alertmanagers[0].static_configs[0].targets[0]:"
                + " \"http://am:9093\" is not a valid hostname",
            "tocsin.yml:9:19: alerting.alertmanagers[0].basic_auth: is not supported by this"
                + " version",
            "tocsin.yml:12:15: notify.route.receiver: \"paging\" is not among the receivers",
            "tocsin.yml:13:16: notify.route.group_by: grouping is not supported by this version:"
                + " each alert is told alone",
            "tocsin.yml:16:22: notify.receivers[0].email_configs: is not supported by this version",
            "tocsin.yml:18:16: notify.receivers[0].webhook_configs[0].url: has an unsupported"
                + " scheme; http and https are supported");
  }

  @Test
  void aMistypedKeyIsToldWithTheNearestKnownOne() {
    read("global:\n  evaluation_intervall: 5s\n");
    assertThat(problems.list().getFirst().hint())
        .isEqualTo("did you mean \"evaluation_interval\"?");
  }

  @Test
  void aWebhookAddressIsNeverRepeated() {
    AgentConfig config = read(FULL);
    assertThat(config.toString()).doesNotContain("token").doesNotContain("abc");
    read(
        "notify: {route: {receiver: a, group_by: ['...']}, receivers: [{name: a, webhook_configs:"
            + " [{url: 'http:///s3cret'}]}]}");
    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().getFirst().toString()).doesNotContain("s3cret");
  }

  @Test
  void aNotifySectionNeedsARoute() {
    assertThat(mistakes("notify:\n  receivers: [{name: a}]\n"))
        .containsExactly("tocsin.yml:2:3: notify.route: must be given");
  }

  @Test
  void anIntervalOfZeroIsRefused() {
    assertThat(mistakes("global: {evaluation_interval: 0s}"))
        .containsExactly("tocsin.yml:1:9: global.evaluation_interval: must be longer than 0s");
  }

  @Test
  void theEngineStreamsUnlessItIsToBeStrict() {
    assertThat(read("global: {}\n").engine().mode()).isEqualTo(RuleSettings.Mode.STREAM);
    assertThat(read("engine:\n  mode: strict\n").engine().mode())
        .isEqualTo(RuleSettings.Mode.STRICT);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void missingDataHasPolicies() {
    String text =
        """
        engine:
          no_data:
            - alert: Down
              policy: hold
            - matchers: '{severity="page"}'
              policy: blind
        """;
    assertThat(read(text).engine().noData())
        .containsExactly(
            new RuleSettings.NoData("Down", "", RuleSettings.Policy.HOLD),
            new RuleSettings.NoData("", "{severity=\"page\"}", RuleSettings.Policy.BLIND));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void remoteWriteMaySettle() {
    assertThat(read("global: {}\n").receive().settle()).isEqualTo(Settle.NONE);
    assertThat(read("receive: {remote_write: {settle: 20ms}}\n").receive().settle())
        .isEqualTo(new Settle(20, List.of("job", "instance"), List.of()));
    String text =
        """
        receive:
          remote_write:
            settle: 5s
            source_labels: [cluster, job]
            sources:
              - {matchers: '{job="quick"}', settle: 0s}
              - {matchers: '{cluster=~"far.*"}', settle: 1s}
        """;
    assertThat(read(text).receive().settle())
        .isEqualTo(
            new Settle(
                5000,
                List.of("cluster", "job"),
                List.of(
                    new Settle.ForSources("{job=\"quick\"}", 0),
                    new Settle.ForSources("{cluster=~\"far.*\"}", 1000))));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void mistakesOfWhatIsReceivedAreToldWithTheirPlaces() {
    String text =
        """
        receive:
          otlpp: {}
          remote_write:
            settle: 6s
            source_labels: []
            sources:
              - {matchers: '{zone="a"}'}
              - {matchers: 'job=', settle: soon}
              - {settle: 1s}
        """;
    assertThat(mistakes(text))
        .satisfiesExactly(
            m -> assertThat(m).startsWith("tocsin.yml:4:13").contains("\"6s\" is not a dur"),
            m -> assertThat(m).startsWith("tocsin.yml:4:5").contains("source_labels: must be 1 to"),
            m -> assertThat(m).startsWith("tocsin.yml:7:9").contains("settle: must be given"),
            m -> assertThat(m).startsWith("tocsin.yml:7:20").contains("\"zone\" is not among"),
            m -> assertThat(m).startsWith("tocsin.yml:8:36").contains("\"soon\""),
            m -> assertThat(m).startsWith("tocsin.yml:8:20"),
            m -> assertThat(m).startsWith("tocsin.yml:9:9").contains("matchers: must be given"),
            m -> assertThat(m).startsWith("tocsin.yml:2:3").contains("receive.otlp"));
  }

  @Test
  void mistakesOfTheEngineAreToldWithTheirPlaces() {
    String text =
        """
        engine:
          mode: fast
          no_data:
            - policy: hold
            - alert: Down
            - matchers: 'severity='
              policy: sleep
        """;
    assertThat(mistakes(text))
        .satisfiesExactly(
            m -> assertThat(m).startsWith("tocsin.yml:2:9").contains("fast"),
            m -> assertThat(m).startsWith("tocsin.yml:4:7").contains("alert"),
            m -> assertThat(m).startsWith("tocsin.yml:5:7").contains("must be given"),
            m -> assertThat(m).startsWith("tocsin.yml:6:17"),
            m -> assertThat(m).startsWith("tocsin.yml:7:15").contains("sleep"));
  }
}
