package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scrape that comes in several requests, through a running agent.
class SettleTest {
  /// Slots are so far apart that all of it fits between two.
  private static final String RULES =
      """
      groups:
        - name: ratios
          interval: 8s
          rules:
            - {alert: Ratio, expr: a / b > 1}
            - {alert: Seen, expr: c > 1}
      """;

  private static void write(TocsinAgent agent, long timeMs, String metric, double value)
      throws IOException {
    Labels labels = Labels.of("__name__", metric, "job", "j", "instance", "i");
    assertThat(Given.write(agent, new TimedSample(labels, timeMs, value)).status()).isEqualTo(204);
  }

  private static double elapsed(TocsinAgent agent) {
    return agent.metric("tocsin_settles_total", "cause=\"elapsed\"");
  }

  private static boolean is(WebhookMessage message, String alert) {
    return message.label("alertname").equals(alert);
  }

  @Test
  void aRatioIsJudgedWhenItsScrapeHasSettled(@TempDir Path folder) throws Exception {
    Given.theLauncherIsBuilt();
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = start(folder, receiver)) {
      Await.until("a slot", Given.SOON, () -> evaluations(agent) > 0);
      long timeMs = Instant.now().toEpochMilli();
      write(agent, timeMs, "a", 10);
      write(agent, timeMs, "b", 10);
      write(agent, timeMs + 1, "a", 20);
      write(agent, timeMs + 1, "b", 20);
      Await.until("the scrape has settled", Given.SOON, () -> elapsed(agent) == 1);
      assertThat(receiver.messages()).as("20 / 10 was never judged").isEmpty();
      assertThat(agent.metric("tocsin_settles_total", "cause=\"newer\"")).isEqualTo(1);

      write(agent, timeMs + 2, "a", 50);
      receiver.await("firing", Given.SOON, message -> is(message, "Ratio"));
      assertThat(elapsed(agent)).as("after its settle time").isEqualTo(2);

      write(agent, timeMs + 3, "c", 5);
      agent.kill();
      agent.startAgain();
      receiver.await("firing", Given.SOON, message -> is(message, "Seen"));
      assertThat(agent.query("c == 5")).hasSize(1);
    }
  }

  private static double evaluations(TocsinAgent agent) {
    return agent.metric("tocsin_rule_group_evaluations_total", "group=\"ratios\"");
  }

  private static TocsinAgent start(Path folder, WebhookReceiver receiver) {
    String config =
        """
        rule_files: [rules.yml]
        host: {enabled: false}
        receive: {remote_write: {settle: 700ms}}
        notify:
          route: {receiver: people, group_by: ['...']}
          receivers:
            - name: people
              webhook_configs: [{url: '%s'}]
        """
            .formatted(receiver.url());
    return TocsinAgent.Setup.in(folder)
        .file("rules.yml", RULES)
        .config(config)
        .start()
        .untilReady();
  }
}
