package dev.tocsin.bench;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One rule of many changes while samples flow and alerts fire: `proof/bench/run rules-reload`.
public final class RulesReload {
  private static final int SERIES = 2_000;
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("files", "100");
    DEFAULTS.put("rules", "100");
    DEFAULTS.put("reloads", "10");
    DEFAULTS.put("samples", "20000");
    DEFAULTS.put("alerts", "200");
    DEFAULTS.put("settle-seconds", "20");
  }

  private final CaseOptions given;
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong slowestWriteNanos = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private RulesReload(CaseOptions given) {
    this.given = given;
  }

  public static void main(String[] arguments) throws Exception {
    new RulesReload(CaseOptions.parse(List.of(arguments), DEFAULTS)).run();
  }

  private void run() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.make("reload");
        WebhookReceiver receiver = WebhookReceiver.start()) {
      TocsinAgent.Setup setup =
          TocsinAgent.Setup.in(folder.path())
              .directly()
              .with("--web.enable-lifecycle")
              .config(config(receiver));
      for (int file = 0; file < given.number("files"); file++) {
        setup = setup.file("r" + file + ".yml", rules(file, 0));
      }
      try (TocsinAgent agent = setup.start()) {
        Thread flow = Thread.ofPlatform().start(() -> flow(agent));
        measure(agent, receiver);
        done.set(true);
        flow.join();
      }
    }
  }

  private void measure(TocsinAgent agent, WebhookReceiver receiver) throws IOException {
    int alerts = given.number("alerts");
    Await.until("the alerts fire", Duration.ofMinutes(2), () -> fired(receiver).size() >= alerts);
    int reloads = given.number("reloads");
    long[] took = new long[reloads];
    long[] engine = new long[reloads];
    slowestWriteNanos.set(0);
    long beganNanos = System.nanoTime();
    long before = sent.get();
    for (int i = 0; i < reloads; i++) {
      var _ =
          agent
              .setup()
              .file(
                  "r" + i % given.number("files") + ".yml",
                  rules(i % given.number("files"), i + 1));
      long startNanos = System.nanoTime();
      HttpAnswer answer = reload(agent);
      took[i] = System.nanoTime() - startNanos;
      if (answer.status() != 200) {
        throw new IllegalStateException("a reload was answered " + answer.text());
      }
      engine[i] = (long) (agent.metric("tocsin_reload_engine_seconds", "") * 1e9);
      LockSupport.parkNanos(1_000_000_000);
    }
    double rate = (sent.get() - before) * 1e9 / (System.nanoTime() - beganNanos);
    LockSupport.parkNanos(given.number("settle-seconds") * 1_000_000_000L);
    report(agent, receiver, new Figures(took, engine, rate));
  }

  private record Figures(long[] took, long[] engine, double rate) {}

  private void report(TocsinAgent agent, WebhookReceiver receiver, Figures figures)
      throws IOException {
    Map<String, Integer> fired = fired(receiver);
    long doubled = fired.values().stream().filter(count -> count > 1).count();
    long resolved = receiver.accepted(message -> message.status().equals("resolved")).size();
    Report report = new Report("rules-reload", System.out);
    report.line("# rules-reload").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    report.line(
        String.format(
            Locale.ROOT,
            "* %.0f samples/s flowed, %d writes refused, slowest write %s; RSS %d MiB",
            figures.rate,
            refused.get(),
            ms(slowestWriteNanos.get()),
            agent.run().figures().residentKib() >> 10));
    Table table = Table.of("", "median", "largest");
    table.row("reload", ms(Percentiles.median(figures.took)), max(figures.took));
    table.row("engine's step", ms(Percentiles.median(figures.engine)), max(figures.engine));
    report.line("").line(table.toString());
    int lost = given.number("alerts") - fired.size();
    report.line("Alerts: " + lost + " lost, " + doubled + " doubled, " + resolved + " resolved.");
  }

  private static String max(long[] nanos) {
    return ms(Percentiles.of(nanos).max());
  }

  private static String ms(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static Map<String, Integer> fired(WebhookReceiver receiver) {
    Map<String, Integer> fired = new HashMap<>();
    receiver
        .accepted(message -> message.status().equals("firing"))
        .forEach(message -> fired.merge(message.label("i"), 1, Integer::sum));
    return fired;
  }

  private static HttpAnswer reload(TocsinAgent agent) throws IOException {
    try (HttpConnection connection = HttpConnection.open(agent.address())) {
      connection.readLimit(Duration.ofSeconds(60));
      return connection.send("POST", "/-/reload", Map.of(), new byte[0]);
    }
  }

  private String config(WebhookReceiver receiver) {
    return """
    global: {evaluation_interval: 15s}
    rule_files: ['r*.yml']
    host: {enabled: false}
    notify:
      route: {receiver: bench, group_by: ['...'], group_wait: 0s, repeat_interval: 12h}
      receivers: [{name: bench, webhook_configs: [{url: '%s', send_resolved: true}]}]
    """
        .formatted(receiver.url());
  }

  /// Each rule watches one series; the first of them fire from the first sample on. Of a changed
  /// file, the first rule has another limit: its alert goes on.
  private String rules(int file, int changed) {
    int count = given.number("rules");
    StringBuilder text = new StringBuilder("groups:\n- name: g" + file + "\n  rules:\n");
    for (int i = 0; i < count; i++) {
      int number = file * count + i;
      int limit = i == 0 && changed > 0 ? 1_000 + changed : 1_000;
      text.append("  - alert: A").append(number);
      text.append("\n    expr: load{i=\"").append(number % SERIES).append("\"} > ");
      text.append(number < SERIES ? limit : 1_000_000).append('\n');
      text.append("    labels: {severity: page, rule: \"").append(number).append("\"}\n");
      text.append("    annotations: {summary: \"{{ $labels.i }} is at {{ $value }}\"}\n");
    }
    return text.toString();
  }

  /// Every series in turn, twenty requests a second.
  private void flow(TocsinAgent agent) {
    int each = given.number("samples") / 20;
    int next = 0;
    long dueNanos = System.nanoTime();
    try (RemoteWriteSender sender = RemoteWriteSender.open(agent.writeAddress())) {
      while (!done.get()) {
        List<TimedSample> samples = new ArrayList<>();
        long nowMs = System.currentTimeMillis();
        for (int i = 0; i < each; i++) {
          samples.add(sample(next++ % SERIES, nowMs));
        }
        long beganNanos = System.nanoTime();
        int status = sender.send(samples).status();
        long tookNanos = System.nanoTime() - beganNanos;
        slowestWriteNanos.accumulateAndGet(tookNanos, Math::max);
        (status < 300 ? sent : refused).addAndGet(each);
        dueNanos += 50_000_000;
        LockSupport.parkNanos(Math.max(0, dueNanos - System.nanoTime()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the flow of samples ended", e);
    }
  }

  private TimedSample sample(int series, long timeMs) {
    boolean fires = series < given.number("alerts");
    Labels labels = Labels.of("__name__", "load", "i", Integer.toString(series));
    return new TimedSample(labels, timeMs, fires ? 2_000 : 1);
  }
}
