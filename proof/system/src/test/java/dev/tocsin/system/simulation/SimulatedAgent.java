package dev.tocsin.system.simulation;

import dev.tocsin.agent.AgentOptions;
import dev.tocsin.agent.AgentProgram;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.net.SimAnswer;
import dev.tocsin.sim.net.SimRequest;
import dev.tocsin.world.net.HttpReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// An agent in a simulated world, and a client of it. One thread.
final class SimulatedAgent {
  static final Path JOURNAL = Path.of("/data/journal");
  static final long MS = 1_000_000;
  private static final int PORT = 9640;

  private final SimWorld world;
  private final UnaryOperator<JournalConfig> bounds;
  private final List<String> printed = new ArrayList<>();

  /// @param config the text of its configuration
  SimulatedAgent(SimWorld world, String config, UnaryOperator<JournalConfig> bounds) {
    this.world = world;
    this.bounds = bounds;
    world.disk().plant(Path.of("/etc/tocsin.yml"), config.getBytes(StandardCharsets.UTF_8));
  }

  /// With segments of 16 KiB.
  static SimulatedAgent small(SimWorld world) {
    world.disk().plant(Path.of("/etc/none.yml"), "groups: []".getBytes(StandardCharsets.UTF_8));
    String config = "rule_files: [none.yml]\nhost: {enabled: false}\n";
    return new SimulatedAgent(
        world,
        config,
        given ->
            new JournalConfig(
                16_384,
                4096,
                512 << 10,
                2 * MS,
                32,
                5_000 * MS,
                1 << 20,
                0,
                0,
                1 << 22,
                given.salvage()));
  }

  void start() {
    AgentOptions options =
        new AgentOptions(
            Optional.of("/etc/tocsin.yml"),
            "127.0.0.1",
            PORT,
            Path.of("/data"),
            "",
            false,
            false,
            Features.NONE);
    Problems problems = new Problems();
    AgentProgram program =
        AgentProgram.prepare(options, world.world(), problems, printed::add)
            .orElseThrow(() -> new IllegalStateException(problems.list().toString()));
    program.withJournal(bounds).start(() -> {});
    world.scheduler().runFor(10 * MS);
  }

  /// What it said, in all lives.
  List<String> printed() {
    return printed;
  }

  static TimedSample sample(String room, long timeMs, double value) {
    return new TimedSample(Labels.of("__name__", "celsius", "room", room), timeMs, value);
  }

  /// Sends samples; the answer is there once it has come.
  AtomicReference<SimAnswer> send(List<TimedSample> samples) {
    Map<String, String> headers = new TreeMap<>();
    RemoteWriteSender.HEADERS.forEach(
        (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return request(
        new SimRequest("POST", "/api/v1/write", "", headers, WriteRequest.body(samples)));
  }

  /// Sends samples, and waits for the answer.
  HttpReply write(List<TimedSample> samples) {
    return await(send(samples));
  }

  HttpReply get(String path, String query) {
    return await(request(new SimRequest("GET", path, query, Map.of(), new byte[0])));
  }

  private AtomicReference<SimAnswer> request(SimRequest request) {
    AtomicReference<SimAnswer> heard = new AtomicReference<>();
    world.net().request(PORT, request, heard::set);
    return heard;
  }

  private HttpReply await(AtomicReference<SimAnswer> heard) {
    world.scheduler().runUntil(() -> heard.get() != null, 60_000 * MS);
    if (heard.get() instanceof SimAnswer.Replied(HttpReply reply)) {
      return reply;
    }
    throw new IllegalStateException("no answer but " + heard.get());
  }

  static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }

  /// The values of one room, in the order of time.
  List<Double> values(String room) {
    String query = URLEncoder.encode("celsius{room=\"" + room + "\"}[1d]", StandardCharsets.UTF_8);
    long seconds = world.clock().wallMillis() / 1000 + 60;
    HttpReply reply = get("/api/v1/query", "query=" + query + "&time=" + seconds);
    List<Double> values = new ArrayList<>();
    for (Json series : Json.parse(text(reply)).get("data").get("result").list()) {
      series.get("values").list().forEach(it -> values.add(it.list().get(1).number()));
    }
    return values;
  }

  /// The value of a metric of its own without labels.
  double metric(String name) {
    return text(get("/metrics", ""))
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
