package dev.tocsin.bench.fuzz;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Prometheus that prints queries: pretty by `format_query`, canonical in its list of rules. The
/// one that `TOCSIN_PROMETHEUS` names, else the installed one.
record FormatQueryPeer(ProcessRun run, HttpConnection connection) implements AutoCloseable {
  static Optional<Path> program() {
    String given = System.getenv().getOrDefault("TOCSIN_PROMETHEUS", "");
    return given.isEmpty() ? PeerProgram.PROMETHEUS.path() : Optional.of(Path.of(given));
  }

  /// @param rules queries it is to have as rules
  static FormatQueryPeer start(Path program, Path folder, List<String> rules) throws IOException {
    StringBuilder file = new StringBuilder("groups:\n- name: all\n  interval: 1d\n  rules:\n");
    for (int i = 0; i < rules.size(); i++) {
      String quoted = rules.get(i).replace("'", "''").replace("\n", "\n\n");
      file.append("  - record: r").append(i).append("\n    expr: '").append(quoted).append("'\n");
    }
    Files.writeString(folder.resolve("rules.yml"), rules.isEmpty() ? "" : file.toString());
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "rule_files: [rules.yml]\n");
    int port = FreePort.find();
    URI address = URI.create("http://127.0.0.1:" + port);
    ProcessRun run =
        ProcessRun.start(
            folder,
            Map.of(),
            List.of(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=error",
                "--enable-feature=promql-experimental-functions,promql-duration-expr"));
    Await.until(
        "Prometheus is ready",
        Duration.ofSeconds(60),
        () -> {
          run.mustRun();
          try {
            return HttpConnection.get(address, "/-/ready").status() == 200;
          } catch (IOException e) {
            return false;
          }
        });
    return new FormatQueryPeer(run, HttpConnection.open(address));
  }

  String version() throws IOException {
    HttpAnswer answer = connection.send("GET", "/api/v1/status/buildinfo", Map.of(), new byte[0]);
    return Json.parse(answer.text()).get("data").get("version").text();
  }

  /// The pretty form; empty where it understands the query otherwise or not at all.
  Optional<String> format(String query) throws IOException {
    byte[] body =
        ("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer =
        connection.send(
            "POST",
            "/api/v1/format_query",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            body);
    return answer.status() == 200
        ? Optional.of(Json.parse(answer.text()).get("data").text())
        : Optional.empty();
  }

  /// The canonical forms of its rules, in their order.
  List<String> rules() throws IOException {
    HttpAnswer answer = connection.send("GET", "/api/v1/rules", Map.of(), new byte[0]);
    List<String> found = new ArrayList<>();
    for (Json group : Json.parse(answer.text()).get("data").get("groups").list()) {
      group.get("rules").list().forEach(rule -> found.add(rule.get("query").text()));
    }
    return found;
  }

  @Override
  public void close() {
    connection.close();
    run.close();
  }
}
