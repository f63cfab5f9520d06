package dev.tocsin.bench;

import dev.tocsin.bench.load.AccountsWatch;
import dev.tocsin.bench.load.SeriesStream;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.SentSamples;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A million new series in a minute: `proof/bench/run series-flood`. An agent as it is shipped gets
/// them while an alert a second is due on series that it knows. What must hold: every alert is
/// told, every sample of a known series is taken, the series stay within the limit, it is said
/// once, and the accounts agree in every scrape. Fails where one of them does not.
public final class SeriesFlood {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
  private static final Duration SOON = Duration.ofSeconds(20);

  static {
    DEFAULTS.put("series", "1000000");
    DEFAULTS.put("seconds", "60");
    DEFAULTS.put("connections", "4");
    DEFAULTS.put("java-options", "");
    DEFAULTS.put("keep", "yes");
  }

  private static final String RULES =
      """
      groups:
        - name: rooms
          interval: 1s
          rules:
            - alert: RoomHot
              expr: room_celsius > 30
      """;

  private SeriesFlood() {}

  private static String config(WebhookReceiver receiver) {
    return """
    rule_files: [rules.yml]
    host: {enabled: false}
    notify:
      route: {receiver: people, group_by: ['...'], group_wait: 0s}
      receivers:
        - name: people
          webhook_configs: [{url: '%s', send_resolved: false}]
    """
        .formatted(receiver.url());
  }

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("series-flood", System.out);
    report.line("# series-flood").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + "; agent: `" + ProjectTree.agentFlags() + "`");
    run(given, report);
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private static void run(CaseOptions given, Report report) throws IOException {
    int seconds = given.number("seconds");
    SentSamples sent = new SentSamples();
    try (WorkFolder folder = WorkFolder.make("flood");
        WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent =
            TocsinAgent.Setup.in(folder.path())
                .javaOptions(given.text("java-options"))
                .file("rules.yml", RULES)
                .config(config(receiver))
                .start()
                .untilReady();
        RemoteWriteSender sender = RemoteWriteSender.open(agent.writeAddress());
        AccountsWatch accounts = AccountsWatch.start(() -> agent.get("/metrics").text(), sent);
        SeriesStream stream =
            new SeriesStream(
                agent.writeAddress(),
                given.number("series"),
                seconds,
                given.number("connections"),
                sent)) {
      for (int i = 0; i < seconds; i++) {
        write(sender, sent, i, 20);
      }
      stream.start();
      List<Long> crossedNanos = new ArrayList<>();
      for (int i = 0; i < seconds; i++) {
        LockSupport.parkNanos(1_000_000_000L);
        crossedNanos.add(unixNanos());
        write(sender, sent, i, 40);
      }
      stream.await();
      Await.until("every alert", SOON, () -> receiver.count() >= seconds);
      accounts.finish();
      tell(report, agent, receiver, stream, accounts, crossedNanos);
      check(agent, given.number("series"));
    }
  }

  private static long unixNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static void write(RemoteWriteSender sender, SentSamples sent, int room, double celsius)
      throws IOException {
    Labels labels = Labels.of("__name__", "room_celsius", "room", "r" + room);
    sent.begin(1);
    int status =
        sender
            .send(List.of(new TimedSample(labels, Instant.now().toEpochMilli(), celsius)))
            .status();
    sent.answer(1, status);
    if (status != 204) {
      throw new IllegalStateException("a sample of a known series was answered " + status);
    }
  }

  private static void tell(
      Report report,
      TocsinAgent agent,
      WebhookReceiver receiver,
      SeriesStream stream,
      AccountsWatch accounts,
      List<Long> crossedNanos) {
    long worstNanos = 0;
    for (WebhookMessage message : receiver.messages()) {
      int room = Integer.parseInt(message.label("room").substring(1));
      worstNanos = Math.max(worstNanos, message.arrivedNanos() - crossedNanos.get(room));
    }
    report.line("* " + stream.describe());
    report.line(
        String.format(
            Locale.ROOT,
            "* %d alerts told, the slowest after %.0f ms; %d scrapes of balanced accounts",
            receiver.count(),
            worstNanos / 1e6,
            accounts.scrapes()));
    report.line(
        String.format(
            Locale.ROOT,
            "* series %.0f, refused %.0f, resident at most %d MiB, heap in use %.0f MiB",
            agent.metric("tocsin_series", ""),
            agent.metric("tocsin_series_refused_total", ""),
            agent.run().figures().residentMaxKib() >> 10,
            agent.metric("jvm_memory_used_bytes", "") / 1048576));
  }

  private static void check(TocsinAgent agent, int flooded) {
    double series = agent.metric("tocsin_series", "");
    double full = agent.metric("tocsin_series_full", "");
    if (series < flooded && full != 1) {
      throw new IllegalStateException("series were refused, and the gauge says " + full);
    }
    long said =
        agent.run().out().stream().filter(line -> line.contains("no room for more")).count();
    if (series < flooded && said != 1) {
      throw new IllegalStateException("it was said " + said + " times that there is no room");
    }
  }
}
