package dev.tocsin.bench.latency;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.process.ThreadTimes;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tocsin alone: rules and notifier are one process.
///
/// @param ruleInterval of the measured group, as it is written in the rule file
/// @param javaOptions for the agent's JVM, after the shipped ones; may be empty
public record TocsinSubject(String ruleInterval, String javaOptions) implements Subject {
  @Override
  public String name() {
    return "Tocsin";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Tocsin of this checkout, started by `./tocsin agent` with the shipped JVM options: `"
            + String.join(" ", ProjectTree.agentFlags())
            + "`"
            + (javaOptions.isEmpty() ? "" : ", and after them `" + javaOptions + "`")
            + ". The host source is off. A write is answered after fsync. The measured group has"
            + " `interval: "
            + ruleInterval
            + "`.");
  }

  private static String config(WebhookReceiver receiver) {
    return """
    rule_files: [rules.yml]
    host: {enabled: false}
    notify:
      route:
        receiver: bench
        group_by: ['...']
        group_wait: 0s
        repeat_interval: 12h
      receivers:
        - name: bench
          webhook_configs: [{url: '%s', send_resolved: false}]
    """
        .formatted(receiver.url());
  }

  @Override
  public Running start(Path folder, LatencyOptions options, WebhookReceiver receiver) {
    TocsinAgent agent =
        TocsinAgent.Setup.in(folder)
            .javaOptions(javaOptions)
            .file("rules.yml", options.rules(ruleInterval))
            .config(config(receiver))
            .start()
            .untilReady();
    return new Started(agent);
  }

  private record Started(TocsinAgent agent) implements Running {
    @Override
    public URI writeAddress() {
      return agent.writeAddress();
    }

    @Override
    public URI alertsAddress() {
      return agent.address();
    }

    @Override
    public String accounts() {
      return agent.get("/metrics").text();
    }

    @Override
    public ProcessFigures figures() {
      return agent.run().figures();
    }

    @Override
    public Map<String, Duration> threadTimes() {
      return ThreadTimes.of(agent.run().pid());
    }

    @Override
    public void close() {
      agent.close();
    }
  }
}
