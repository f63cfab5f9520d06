package dev.tocsin.bench;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.promql.SpeedData;
import dev.tocsin.bench.promql.SpeedQuery;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Memory of hours of history, and ten range queries over it, beside Prometheus on the same data:
/// `proof/bench/run promql-speed`.
public final class PromqlSpeed {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
  private static final int SCRAPE_MS = 15_000;

  /// Points in time written at once: 20 minutes.
  private static final int BLOCK = 80;

  static {
    DEFAULTS.put("series", "10000");
    DEFAULTS.put("hours", "6");
    DEFAULTS.put("step", "60");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("repeats", "5");
    DEFAULTS.put("seed", "1");
    DEFAULTS.put("java-options", "-Xmx512m");
    DEFAULTS.put("only", "");
  }

  private final CaseOptions given;
  private final Report report = new Report("promql-speed", System.out);
  private final long endMs = System.currentTimeMillis() / SCRAPE_MS * SCRAPE_MS;
  private final long startMs;

  private PromqlSpeed(CaseOptions given) {
    this.given = given;
    this.startMs = endMs - given.number("hours") * 3_600_000L;
  }

  public static void main(String[] arguments) throws IOException {
    new PromqlSpeed(CaseOptions.parse(List.of(arguments), DEFAULTS)).run();
  }

  private void run() throws IOException {
    report.line("# promql-speed").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    report.line(
        "* " + PeerProgram.PROMETHEUS.version() + ", default flags and the remote-write receiver");
    report.line(
        "* Tocsin of this checkout, JVM "
            + Runtime.version()
            + ", shipped options `"
            + String.join(" ", ProjectTree.agentFlags())
            + "` and `"
            + given.text("java-options")
            + "`");
    try (WorkFolder folder = WorkFolder.make("promql-speed");
        PrometheusPeer prometheus =
            PrometheusPeer.start(folder.path(), "global: {scrape_interval: 1h}\n");
        TocsinAgent tocsin = agent(folder)) {
      write(prometheus.writeAddress(), tocsin.writeAddress());
      memory(tocsin, prometheus);
      speed(tocsin, prometheus);
      report.table(
          Table.of("after the queries", "RSS", "largest RSS")
              .row(
                  "Tocsin",
                  mib(tocsin.run().figures().residentKib()),
                  mib(tocsin.run().figures().residentMaxKib()))
              .row(
                  "Prometheus",
                  mib(prometheus.run().figures().residentKib()),
                  mib(prometheus.run().figures().residentMaxKib())));
    }
    report.line("* load after: " + Machine.load());
    System.out.println("record: " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
  }

  private TocsinAgent agent(WorkFolder folder) {
    Map<String, String> environment =
        Map.of("TOCSIN_SKIP_BUILD", "1", "TOCSIN_JAVA_OPTIONS", given.text("java-options"));
    TocsinAgent.Setup plain = TocsinAgent.Setup.in(folder.path());
    return new TocsinAgent.Setup(plain.folder(), plain.config(), 0, List.of(), environment, false)
        .config("host: {enabled: false}\n")
        .start();
  }

  private void write(URI... receivers) throws IOException {
    SpeedData data =
        new SpeedData(given.number("seed"), given.number("series"), startMs, SCRAPE_MS);
    List<RemoteWriteSender> senders = new ArrayList<>();
    for (URI receiver : receivers) {
      senders.add(RemoteWriteSender.open(receiver));
    }
    int points = (int) ((endMs - startMs) / SCRAPE_MS);
    for (int done = 0; done < points; done += BLOCK) {
      for (byte[] body : data.next(Math.min(BLOCK, points - done))) {
        for (RemoteWriteSender sender : senders) {
          send(sender, body);
        }
      }
      System.out.print(
          "\rwritten " + Math.min(points, done + BLOCK) + " of " + points + " points ");
    }
    System.out.println();
    senders.forEach(RemoteWriteSender::close);
  }

  /// What a receiver cannot take now it takes later.
  private static void send(RemoteWriteSender sender, byte[] body) throws IOException {
    HttpAnswer answer = sender.sendBody(body);
    while (answer.status() == 429 || answer.status() == 503) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      answer = sender.sendBody(body);
    }
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException("a write was answered " + answer);
    }
  }

  private void memory(TocsinAgent tocsin, PrometheusPeer prometheus) throws IOException {
    long samples = (endMs - startMs) / SCRAPE_MS * given.number("series");
    double bytes = tocsin.metric("tocsin_store_block_bytes", "");
    double held = tocsin.metric("tocsin_store_samples", "");
    report.line(
        "* written to both: " + samples + " samples of " + given.number("series") + " series");
    report.line(
        String.format(
            Locale.ROOT,
            "* Tocsin holds %.0f samples; its compressed history takes %.1f MB, %.2f bytes a sample"
                + " (the newest of each series are raw and not among them)",
            held,
            bytes / 1e6,
            bytes / held));
    report.table(
        Table.of("after the writes", "RSS", "anonymous")
            .row(
                "Tocsin",
                mib(tocsin.run().figures().residentKib()),
                mib(tocsin.run().figures().residentAnonymousKib()))
            .row(
                "Prometheus",
                mib(prometheus.run().figures().residentKib()),
                mib(prometheus.run().figures().residentAnonymousKib())));
  }

  private void speed(TocsinAgent tocsin, PrometheusPeer prometheus) throws IOException {
    Table table = Table.of("range query", "Tocsin", "Prometheus", "ratio", "answer");
    List<Double> ratios = new ArrayList<>();
    for (SpeedQuery query : SpeedQuery.all()) {
      if (!query.name().contains(given.text("only"))) {
        continue;
      }
      long[] ours = new long[given.number("rounds")];
      long[] theirs = new long[ours.length];
      int bytes = 0;
      for (int round = 0; round < ours.length; round++) {
        ours[round] = median(tocsin.address(), query);
        theirs[round] = median(prometheus.address(), query);
        bytes = ask(tocsin.address(), query).body().length;
      }
      double ratio = (double) Percentiles.median(ours) / Percentiles.median(theirs);
      ratios.add(ratio);
      String[] cells = {
        query.name(),
        ms(Percentiles.median(ours)),
        ms(Percentiles.median(theirs)),
        String.format(Locale.ROOT, "%.2f", ratio),
        bytes / 1024 + " KiB"
      };
      table.row(cells);
      System.out.println(String.join("  ", cells));
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    report.table(table);
    report.line(
        String.format(
            Locale.ROOT,
            "* ratio Tocsin to Prometheus: median %.2f, worst %.2f",
            (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2,
            sorted[sorted.length - 1]));
  }

  /// The median time of some, in nanoseconds, from the request to the last byte of the answer.
  private long median(URI address, SpeedQuery query) throws IOException {
    long[] nanos = new long[given.number("repeats")];
    for (int i = 0; i < nanos.length; i++) {
      long from = System.nanoTime();
      HttpAnswer answer = ask(address, query);
      nanos[i] = System.nanoTime() - from;
      if (answer.status() != 200) {
        throw new IllegalStateException(
            query
                + " was answered "
                + answer.status()
                + " "
                + answer.text().substring(0, Math.min(400, answer.text().length())));
      }
    }
    return Percentiles.median(nanos);
  }

  private HttpAnswer ask(URI address, SpeedQuery query) throws IOException {
    String path =
        "/api/v1/query_range?query="
            + URLEncoder.encode(query.text(), StandardCharsets.UTF_8)
            + "&start="
            + startMs / 1000
            + "&end="
            + endMs / 1000
            + "&step="
            + given.text("step");
    try (HttpConnection connection = HttpConnection.open(address)) {
      connection.readLimit(Duration.ofMinutes(2));
      return connection.send("GET", path, Map.of(), new byte[0]);
    }
  }

  private static String ms(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String mib(long kib) {
    return kib / 1024 + " MiB";
  }
}
