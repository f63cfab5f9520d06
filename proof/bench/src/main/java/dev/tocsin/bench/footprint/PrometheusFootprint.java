package dev.tocsin.bench.footprint;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.peer.AlertmanagerPeer;
import dev.tocsin.bench.peer.NodeExporterPeer;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// node_exporter, Prometheus that scrapes it every second with the same rules, and Alertmanager.
public final class PrometheusFootprint implements FootprintSubject {
  private static final List<PeerProgram> PROGRAMS =
      List.of(PeerProgram.PROMETHEUS, PeerProgram.NODE_EXPORTER, PeerProgram.ALERTMANAGER);
  public static final String MISSING =
      "Without its peers; needed are the Debian packages prometheus, prometheus-node-exporter,"
          + " prometheus-alertmanager";
  private static final String RULES =
      "apps/agent/src/main/resources/dev/tocsin/agent/rules/host.yml";

  private PrometheusFootprint() {}

  public static Optional<PrometheusFootprint> ifInstalled() {
    boolean all = PROGRAMS.stream().allMatch(PeerProgram::isInstalled);
    return all ? Optional.of(new PrometheusFootprint()) : Optional.empty();
  }

  @Override
  public String name() {
    return "node_exporter + Prometheus + Alertmanager";
  }

  @Override
  public List<String> description() {
    return List.of(
        Stream.concat(
                    PROGRAMS.stream().map(PeerProgram::version),
                    Stream.of("default flags, `scrape_interval: 1s`, the same rule file"))
                .collect(java.util.stream.Collectors.joining(", "))
            + "; asked are `/metrics` of node_exporter and the page of Prometheus");
  }

  private record Running(
      NodeExporterPeer exporter, AlertmanagerPeer alertmanager, PrometheusPeer prometheus)
      implements AutoCloseable {
    @Override
    public void close() {
      prometheus.close();
      alertmanager.close();
      exporter.close();
    }
  }

  private static Running start(Path folder) {
    try {
      Files.copy(ProjectTree.root().resolve(RULES), folder.resolve("host.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NodeExporterPeer exporter = NodeExporterPeer.start(folder);
    String nobody = "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n";
    AlertmanagerPeer alertmanager = AlertmanagerPeer.start(folder, nobody);
    String config =
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [host.yml]
        alerting:
          alertmanagers:
            - static_configs: [{targets: ['%s']}]
        scrape_configs:
          - job_name: node
            static_configs: [{targets: ['%s']}]
        """
            .formatted(alertmanager.address().getAuthority(), exporter.address().getAuthority());
    return new Running(exporter, alertmanager, PrometheusPeer.start(folder, config));
  }

  @Override
  public long startNanos() {
    try (WorkFolder folder = WorkFolder.make("footprint");
        Running running = start(folder.path())) {
      return System.nanoTime() - running.exporter().run().startedNanos();
    }
  }

  /// Debian's Prometheus sends visitors on to the older page.
  private static URI page(URI prometheus) {
    HttpAnswer answer = Probe.get(prometheus, "/graph");
    return prometheus.resolve(answer.status() == 200 ? "/graph" : answer.header("Location"));
  }

  @Override
  public Measured run(Duration idle, int requests) throws IOException {
    try (WorkFolder folder = WorkFolder.make("footprint");
        Running running = start(folder.path())) {
      URI page = page(running.prometheus().address());
      return FootprintSubject.measure(
          idle,
          requests,
          () ->
              running
                  .exporter()
                  .run()
                  .figures()
                  .plus(running.alertmanager().run().figures())
                  .plus(running.prometheus().run().figures()),
          running.exporter().address().resolve("/metrics"),
          page);
    }
  }
}
