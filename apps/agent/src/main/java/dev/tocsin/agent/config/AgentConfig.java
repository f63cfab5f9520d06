package dev.tocsin.agent.config;

import dev.tocsin.deliver.alertmanager.AlertmanagerConfig;
import dev.tocsin.deliver.webhook.RouteConfig;
import dev.tocsin.deliver.webhook.WebhookConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a configuration file says, checked. Without a file: [#DEFAULT].
///
/// @param ruleFiles patterns as written; relative ones are resolved against the file's folder
/// @param alertmanagers who is told by Alertmanager's API
/// @param sendTargets where all samples are sent on to: `remote_write` and `otlp_write`
/// @param notifying the own notifier; empty where the section is absent
public record AgentConfig(
    GlobalConfig global,
    List<RulePattern> ruleFiles,
    List<AlertmanagerConfig> alertmanagers,
    Optional<NotifyConfig> notifying,
    HostConfig host,
    JournalConfig journal,
    EngineConfig engine,
    RulesConfig rules,
    ReceiveConfig receive,
    OtlpConfig otlp,
    StorageConfig storage,
    List<SendTarget> sendTargets) {
  public AgentConfig {
    ruleFiles = List.copyOf(ruleFiles);
    alertmanagers = List.copyOf(alertmanagers);
    sendTargets = List.copyOf(sendTargets);
  }

  /// What runs where no file is given: this machine with the bundled rules, told on the console.
  public static final AgentConfig DEFAULT =
      new AgentConfig(
          GlobalConfig.DEFAULT,
          List.of(),
          List.of(),
          Optional.empty(),
          HostConfig.DEFAULT,
          JournalConfig.DEFAULT,
          EngineConfig.DEFAULT,
          RulesConfig.DEFAULT,
          ReceiveConfig.DEFAULT,
          OtlpConfig.DEFAULT,
          StorageConfig.DEFAULT,
          List.of());

  /// An entry of `rule_files` and where it stands.
  public record RulePattern(String pattern, int line, int column) {
    /// Whether it names no files but an address.
    public boolean isUrl() {
      return pattern.startsWith("http://") || pattern.startsWith("https://");
    }
  }

  /// The section `notify`.
  ///
  /// @param receivers the webhooks of each receiver, by its name; a receiver may have none
  public record NotifyConfig(RouteConfig route, Map<String, List<WebhookConfig>> receivers) {
    public NotifyConfig {
      receivers = Map.copyOf(receivers);
    }
  }
}
