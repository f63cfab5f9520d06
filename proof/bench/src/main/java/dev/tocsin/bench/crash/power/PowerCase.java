package dev.tocsin.bench.crash.power;

import dev.tocsin.agent.AgentOptions;
import dev.tocsin.agent.AgentProgram;
import dev.tocsin.bench.crash.sent.NumberedSender;
import dev.tocsin.bench.crash.sent.StoredSeries;
import dev.tocsin.bench.crash.sent.Verdict;
import dev.tocsin.bench.json.Json;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.disk.DiskOp;
import dev.tocsin.sim.net.NetFaults;
import dev.tocsin.sim.net.SimAnswer;
import dev.tocsin.sim.net.SimRequest;
import dev.tocsin.sim.turn.SimCrash;
import dev.tocsin.world.World;
import dev.tocsin.world.net.HttpReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A few lives of an agent in one simulated world. Each ends within some operation of the disk, or
/// at some moment; the next start has to find everything that was acknowledged. One use.
public final class PowerCase {
  private static final long MS = 1_000_000;
  private static final int PORT = 9640;
  private static final int SENDERS = 3;
  private static final int LIVES_MAX = 4;
  private static final String CONFIG =
      """
      rule_files: [rules.yml]
      host: {enabled: false}
      """;

  /// Operations of the disk that fail once in a while in some lives.
  private static final List<DiskOp> FAILING =
      List.of(
          DiskOp.WRITE,
          DiskOp.FORCE,
          DiskOp.PREALLOCATE,
          DiskOp.RENAME,
          DiskOp.OPEN,
          DiskOp.DELETE,
          DiskOp.FORCE_DIRECTORY);

  private static final Pattern RESTORED = Pattern.compile("restored: (\\d+) inputs replayed");
  private static final Pattern CRASH = Pattern.compile("crash in (\\w+) of (\\S+)");

  private final SimWorld world;
  private final SimChance chance;
  private final Planted planted;
  private final PowerTally tally;
  private final JournalConfig bounds;
  private final List<PowerSender> senders = new ArrayList<>();
  private final Verdict verdict = new Verdict();

  private PowerCase(SimWorld world, Planted planted, PowerTally tally) {
    this.world = world;
    this.chance = world.chance();
    this.planted = planted;
    this.tally = tally;
    this.bounds = bounds();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(
          new PowerSender(Integer.toString(i), world, PORT, chance.stream("sender" + i), tally));
    }
    world.disk().plant(Path.of("/etc/tocsin/tocsin.yml"), bytes(CONFIG));
    world.disk().plant(Path.of("/etc/tocsin/rules.yml"), bytes("groups: []\n"));
  }

  /// Runs the lives of one seed, and adds what happened to the tally.
  ///
  /// @param log gets what happened, line by line, where something did not hold
  public static void run(long seed, Planted planted, PowerTally tally, Consumer<String> log) {
    List<String> findings = new ArrayList<>();
    try (SimWorld world = new SimWorld(seed)) {
      PowerCase one = new PowerCase(world, planted, tally);
      try {
        one.live();
      } catch (RuntimeException | AssertionError e) {
        findings.add(e + (e.getCause() == null ? "" : " because of " + e.getCause()));
      }
      findings.addAll(one.verdict.findings());
      if (!findings.isEmpty()) {
        world.log().lines().forEach(log);
      }
    }
    tally.seeds++;
    if (!findings.isEmpty()) {
      tally.bad(seed, findings);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Small, so that segments and checkpoints begin and end in every life.
  private JournalConfig bounds() {
    long syncNanos = planted == Planted.ANSWER_BEFORE_FORCE ? 20 * MS : 0;
    long keepMs = chance.oneIn(3) ? chance.between(1, 1_000) : 0;
    int segmentBytes = (int) chance.between(4 << 10, 32 << 10);
    return new JournalConfig(
        segmentBytes,
        (int) chance.between(1 << 10, segmentBytes / 2),
        512 << 10,
        chance.between(0, 4) * MS / 2,
        (int) chance.between(1, 64),
        5_000 * MS,
        chance.between(2_000, 40_000),
        0,
        0,
        chance.between(5L * segmentBytes, 20L * segmentBytes),
        false,
        syncNanos,
        keepMs);
  }

  private void live() {
    int lives = (int) chance.between(2, LIVES_MAX);
    start();
    for (int life = 0; life < lives && verdict.isGood(); life++) {
      String end = loadUntilTheEnd();
      senders.forEach(PowerSender::stop);
      end(end);
      if (chance.oneIn(4)) {
        startHalf();
      }
      start();
      look();
    }
  }

  private void start() {
    program().start(() -> {});
  }

  private AgentProgram program() {
    World real = world.world();
    World given =
        new World(
            real.clock(),
            planted == Planted.NONE ? real.disk() : new LyingDisk(real.disk(), planted),
            real.serving(),
            real.calling(),
            real.scheduler(),
            real.chance(),
            real.host());
    AgentOptions options =
        new AgentOptions(
            Optional.of("/etc/tocsin/tocsin.yml"),
            "127.0.0.1",
            PORT,
            Path.of("/data"),
            "",
            false,
            false,
            Features.NONE);
    Problems problems = new Problems();
    Optional<AgentProgram> program = AgentProgram.prepare(options, given, problems, this::printed);
    return program
        .orElseThrow(() -> new IllegalStateException(problems.list().toString()))
        .withJournal(_ -> bounds);
  }

  private void printed(String line) {
    Matcher restored = RESTORED.matcher(line);
    if (restored.find()) {
      tally.replayed += Long.parseLong(restored.group(1));
    }
    tally.cutTails += line.contains("a write that was interrupted") ? 1 : 0;
    tally.journalFailures += line.startsWith("The journal has failed") ? 1 : 0;
    tally.journalRecoveries += line.startsWith("The journal works again") ? 1 : 0;
  }

  /// A start that does not come to its end.
  private void startHalf() {
    world.disk().crashAfter(chance.between(0, 60));
    try {
      start();
      world.scheduler().runFor(chance.between(0, 3) * MS);
    } catch (SimCrash e) {
      tally.endedIn("a start: " + place(e));
    }
    tally.inStart++;
    end("");
  }

  /// Where it ended: empty where that was between two operations of the disk.
  private String loadUntilTheEnd() {
    disturb();
    senders.forEach(PowerSender::begin);
    boolean goesOn = chance.oneIn(6);
    if (!goesOn && !chance.oneIn(6)) {
      world.disk().crashAfter(chance.between(1, 80));
    }
    try {
      world.scheduler().runFor(chance.between(1, 100) * MS);
      if (goesOn) {
        healed();
      }
      return "";
    } catch (SimCrash e) {
      return place(e);
    }
  }

  /// After a failure the journal goes on by itself.
  private void healed() {
    world.disk().heal();
    world.disk().limitTo(1L << 30);
    senders.forEach(PowerSender::slowDown);
    world.scheduler().runFor(chance.between(1, 12_000) * MS);
    world.disk().crashAfter(chance.between(1, 40));
    world.scheduler().runFor(chance.between(1, 1_000) * MS);
  }

  private void disturb() {
    world.net().faults(NetFaults.NONE);
    switch ((int) chance.between(0, 9)) {
      case 0 -> FAILING.forEach(op -> world.disk().failAtRandom(op, 100));
      case 1 ->
          world.disk().failAtRandom(FAILING.get((int) chance.between(0, FAILING.size() - 1)), 10);
      case 2 -> world.disk().limitTo(chance.between(0, 5L * bounds.segmentBytes()));
      case 3 -> world.net().faults(new NetFaults(50_000, 20 * MS, 20, 20, 20));
      default -> {}
    }
  }

  private String place(SimCrash crash) {
    Matcher matcher = CRASH.matcher(String.valueOf(crash.getMessage()));
    if (!matcher.find()) {
      return "elsewhere";
    }
    String path = matcher.group(2);
    boolean unfinished = path.endsWith(".tmp") && world.disk().exists(Path.of(path));
    String what =
        path.contains(".checkpoint")
            ? unfinished ? "a checkpoint being written" : "a checkpoint"
            : path.contains(".journal") ? unfinished ? "a segment being made" : "a segment" : path;
    return what + ": " + matcher.group(1).toLowerCase(Locale.ROOT);
  }

  private void end(String place) {
    if (place.isEmpty()) {
      tally.betweenOperations++;
    } else {
      tally.endedIn(place);
    }
    if (chance.oneIn(5)) {
      world.kill();
      tally.kills++;
    } else {
      world.crash();
      tally.powerCuts++;
    }
    world.disk().limitTo(1L << 30);
    world.net().faults(NetFaults.NONE);
    world.scheduler().runFor(30 * MS); // what is on its way finds nobody
  }

  private void look() {
    for (PowerSender sender : senders) {
      NumberedSender numbered = sender.numbered();
      Verdict one = numbered.check(stored(numbered.name()), 0);
      var _ = verdict.add(one);
      var _ = tally.verdict.add(one);
    }
  }

  private List<StoredSeries> stored(String sender) {
    String query = "%s{sender=\"%s\"}[1d]".formatted(NumberedSender.METRIC, sender);
    String text =
        "query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + "&time="
            + (world.clock().wallMillis() / 1000 + 3600);
    AtomicReference<SimAnswer> heard = new AtomicReference<>();
    world
        .net()
        .request(
            PORT, new SimRequest("GET", "/api/v1/query", text, Map.of(), new byte[0]), heard::set);
    world.scheduler().runUntil(() -> heard.get() != null, 60_000 * MS);
    if (!(heard.get() instanceof SimAnswer.Replied(HttpReply reply)) || reply.status() != 200) {
      throw new IllegalStateException("a query was answered " + heard.get());
    }
    Json answer = Json.parse(new String(reply.content(), StandardCharsets.UTF_8));
    return answer.get("data").get("result").list().stream().map(StoredSeries::of).toList();
  }
}
