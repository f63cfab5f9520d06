package dev.tocsin.agent.config;

import dev.tocsin.agent.config.AgentConfig.NotifyConfig;
import dev.tocsin.agent.config.AgentConfig.RulePattern;
import dev.tocsin.deliver.alertmanager.AlertmanagerConfig;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import dev.tocsin.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a whole configuration file. Mistakes go to the problems; what is returned may be run only
/// where there are none.
public final class ConfigReader {
  private static final String[] OTHER_SECTIONS = {
    "scrape_configs",
    "scrape_config_files",
    "remote_read",
    "tracing",
    "runtime",
    "tenants",
    "tls",
    "self"
  };

  private ConfigReader() {}

  /// @param file its name as the user gave it, for the problems
  public static AgentConfig read(String file, String text, Problems problems) {
    Optional<YamlReader.Document> document = YamlReader.read(file, text, problems);
    if (document.isEmpty()) {
      return AgentConfig.DEFAULT;
    }
    Fields fields = Fields.of(file, document.get().root(), "", problems);
    if (document.get().anotherFollows()) {
      String message = "a second YAML document follows; only one is read";
      fields.problem(fields.place(), "", message, "remove the line ---");
    }
    GlobalConfig global =
        fields.mapping("global").map(GlobalConfig::read).orElse(GlobalConfig.DEFAULT);
    List<RulePattern> rules = ruleFiles(fields);
    List<AlertmanagerConfig> alertmanagers =
        fields.mapping("alerting").map(AlertingReader::read).orElse(List.of());
    Optional<NotifyConfig> notifying = fields.mapping("notify").map(NotifyReader::read);
    HostConfig host = fields.mapping("host").map(HostConfig::read).orElse(HostConfig.DEFAULT);
    JournalConfig journal =
        fields.mapping("journal").map(JournalConfig::read).orElse(JournalConfig.DEFAULT);
    EngineConfig engine =
        fields.mapping("engine").map(EngineConfig::read).orElse(EngineConfig.DEFAULT);
    RulesConfig sources =
        fields.mapping("rules").map(RulesConfig::read).orElse(RulesConfig.DEFAULT);
    ReceiveConfig receive =
        fields.mapping("receive").map(ReceiveConfig::read).orElse(ReceiveConfig.DEFAULT);
    List<SendTarget> sendTargets = SendReader.read(fields);
    StorageConfig storage =
        fields.mapping("storage").map(StorageConfig::read).orElse(StorageConfig.DEFAULT);
    OtlpConfig otlp = fields.mapping("otlp").map(OtlpConfig::read).orElse(OtlpConfig.DEFAULT);
    Unsupported.report(fields, OTHER_SECTIONS);
    fields.done();
    return new AgentConfig(
        global,
        rules,
        alertmanagers,
        notifying,
        host,
        journal,
        engine,
        sources,
        receive,
        otlp,
        storage,
        sendTargets);
  }

  private static List<RulePattern> ruleFiles(Fields fields) {
    List<RulePattern> rules = new ArrayList<>();
    int index = 0;
    for (Node.Scalar text : fields.texts("rule_files")) {
      String where = fields.path("rule_files") + "[" + index++ + "]";
      if (text.text().isEmpty() || text.text().indexOf('\0') >= 0) {
        fields.problem(text, where, "must be a file's name", "");
      } else {
        rules.add(new RulePattern(text.text(), text.line(), text.column()));
      }
    }
    return rules;
  }
}
