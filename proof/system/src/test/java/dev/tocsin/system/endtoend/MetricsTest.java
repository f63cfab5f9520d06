package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `/metrics` of the default job, as other programs read it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
  /// promtool's exit code where it could read everything and has remarks on style.
  private static final int LINT_ONLY = 3;

  private static final String NUMBER = "-?\\d+(\\.\\d+)?(e[+-]\\d+)?|[+-]Inf|NaN";

  private Path folder = Path.of(".");
  private TocsinAgent agent;

  @BeforeAll
  void startTheDefaultJob(@TempDir Path made) {
    folder = made;
    Given.theLauncherIsBuilt();
    agent = TocsinAgent.Setup.in(folder).start().untilReady();
    Await.until(
        "the host has been watched",
        Given.SOON,
        () -> agent.get("/metrics").text().contains("node_cpu_seconds_total{"));
  }

  @AfterAll
  void stop() {
    if (agent != null) {
      agent.close();
    }
  }

  private HttpAnswer metrics(String accept) throws Exception {
    try (HttpConnection connection = HttpConnection.open(agent.address())) {
      return connection.send("GET", "/metrics", Map.of("Accept", accept), new byte[0]);
    }
  }

  @Test
  void promtoolReadsTheTextFormat() throws Exception {
    Given.isInstalled(PeerProgram.PROMTOOL);
    HttpAnswer answer = metrics("text/plain");
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    Path file = Files.writeString(folder.resolve("metrics.txt"), answer.text());
    ProcessRun promtool =
        ProcessRun.start(folder, Map.of(), List.of("sh", "-c", "promtool check metrics < " + file));
    int exit = promtool.awaitExit(Given.SOON);
    // The host's names are node_exporter's, and promtool has remarks on some of those.
    assertThat(exit).as(promtool.log()).isIn(0, LINT_ONLY);
    assertThat(promtool.log().lines().filter(line -> !line.startsWith("node_")))
        .as("remarks on our own names")
        .isEmpty();
  }

  @Test
  void bothFormatsAreWellFormed() throws Exception {
    for (String accept : List.of("text/plain", "application/openmetrics-text;version=1.0.0")) {
      String text = metrics(accept).text();
      assertThat(text).endsWith("\n");
      assertThat(text.contains("# EOF")).isEqualTo(accept.contains("openmetrics"));
      Set<String> series = new HashSet<>();
      Set<String> families = new HashSet<>();
      for (String line : text.lines().toList()) {
        if (line.startsWith("# TYPE ")) {
          assertThat(families.add(line.split(" ")[2])).as("one TYPE: " + line).isTrue();
        } else if (!line.startsWith("#")) {
          int blank = line.lastIndexOf(' ');
          assertThat(series.add(line.substring(0, blank))).as("once: " + line).isTrue();
          assertThat(line.substring(blank + 1)).matches(NUMBER);
        }
      }
      assertThat(series).hasSizeGreaterThan(100);
    }
  }

  @Test
  void prometheusScrapesOpenMetrics(@TempDir Path peerFolder) throws Exception {
    Given.isInstalled(PeerProgram.PROMETHEUS);
    HttpAnswer open = metrics("application/openmetrics-text;version=1.0.0");
    assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
    assertThat(open.text()).endsWith("# EOF\n");
    String config =
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: tocsin
            honor_labels: true
            static_configs: [{targets: ['%s']}]
        """
            .formatted(agent.address().getAuthority());
    try (PrometheusPeer prometheus = PrometheusPeer.start(peerFolder, config)) {
      // Prometheus 2 asks for OpenMetrics before anything else, and drops all of what it cannot
      // parse.
      Json target =
          Await.present(
              () -> "a scrape; " + targets(prometheus),
              Given.SOON,
              () ->
                  targets(prometheus).stream()
                      .filter(one -> !one.get("health").text().equals("unknown"))
                      .findFirst());
      assertThat(target.get("lastError").text()).isEmpty();
      assertThat(target.get("health").text()).isEqualTo("up");
    }
  }

  private static List<Json> targets(PrometheusPeer prometheus) {
    String text = Probe.get(prometheus.address(), "/api/v1/targets").text();
    return Json.parse(text).get("data").get("activeTargets").list();
  }

  @Test
  void thePageAndTheApiAreThere() {
    assertThat(agent.get("/").text()).contains("<html");
    assertThat(agent.get("/").header("Content-Type")).startsWith("text/html");
    assertThat(agent.data("/api/v1/status/buildinfo").get("version").text()).isNotEmpty();
    assertThat(agent.data("/api/v1/rules").get("groups").list()).isNotEmpty();
    assertThat(agent.data("/api/v1/targets").get("activeTargets").list()).isNotEmpty();
    assertThat(agent.query("up{job=\"node\"} == 1")).hasSize(1);
    assertThat(agent.status("/nothing-here")).isEqualTo(404);
    assertThat(agent.status("/healthz")).isEqualTo(200);
  }
}
