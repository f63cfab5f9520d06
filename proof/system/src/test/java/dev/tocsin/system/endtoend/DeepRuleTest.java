package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `check rules` accepts, the agent runs: with the stacks of its own JVM options too.
class DeepRuleTest {
  @Test
  void aRuleOfHundredsOfOperatorsRuns(@TempDir Path folder) {
    String chain = String.join(" and ", Collections.nCopies(480, "up"));
    String rules =
        "groups: [{name: g, interval: 1s, rules: [{alert: Deep, expr: '" + chain + "'}]}]\n";
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent =
            Given.rooms(folder, receiver).file("rules.yml", rules).start().untilReady()) {
      assertThat(agent.status("/-/healthy")).isEqualTo(200);
      assertThat(agent.query("count(" + chain + ")")).isEmpty();
    }
  }
}
