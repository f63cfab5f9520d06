package dev.tocsin.system.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the tests of this package begin with.
final class Given {
  /// How long anything may take that should take milliseconds: machines are busy.
  static final Duration SOON = Duration.ofSeconds(20);

  /// One rule, evaluated ten times in a second.
  static final String RULES =
      """
      groups:
        - name: rooms
          interval: 100ms
          rules:
            - alert: RoomHot
              expr: room_celsius > 30
              labels: {severity: page}
              annotations: {summary: 'Room {{ $labels.room }} has {{ $value }} degrees.'}
      """;

  private Given() {}

  /// Skips the test where `apps/cli` was not packaged before: `./mvnw verify` does.
  static void theLauncherIsBuilt() {
    assumeTrue(ProjectTree.isBuilt(), "apps/cli is not packaged: run ./mvnw verify");
  }

  static void isInstalled(PeerProgram program) {
    assumeTrue(program.isInstalled(), program.howToInstall());
  }

  /// An agent with [#RULES] that tells the receiver, without the host source.
  static TocsinAgent.Setup rooms(Path folder, WebhookReceiver receiver) {
    return rooms(folder, receiver.url());
  }

  static TocsinAgent.Setup rooms(Path folder, URI webhook) {
    theLauncherIsBuilt();
    String config =
        """
        rule_files: [rules.yml]
        host: {enabled: false}
        notify:
          route: {receiver: people, group_by: ['...']}
          receivers:
            - name: people
              webhook_configs: [{url: '%s'}]
        """
            .formatted(webhook);
    return TocsinAgent.Setup.in(folder).file("rules.yml", RULES).config(config);
  }

  static TimedSample celsius(String room, double value) {
    Labels labels = Labels.of("__name__", "room_celsius", "room", room);
    return new TimedSample(labels, Instant.now().toEpochMilli(), value);
  }

  /// Writes samples on a connection of its own.
  static HttpAnswer write(TocsinAgent agent, TimedSample... samples) throws IOException {
    try (RemoteWriteSender sender = RemoteWriteSender.open(agent.writeAddress())) {
      return sender.send(List.of(samples));
    }
  }
}
