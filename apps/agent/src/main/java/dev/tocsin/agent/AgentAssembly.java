package dev.tocsin.agent;

import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.agent.config.ListenAddress;
import dev.tocsin.agent.config.ReceiveConfig;
import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.deliver.outbox.Outbox;
import dev.tocsin.deliver.outbox.OutboxLimits;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.WarmUp;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.World;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpServing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Puts the agent together, in the order of the flow, and starts it. The one place that knows all
/// parts; read it to see how they fit.
final class AgentAssembly {
  /// Samples that rules read before samples that came have their turn: half a millisecond or one.
  private static final long PIECE_COST = 10_000;

  private final AgentOptions options;
  private final Loaded loaded;
  private final World world;
  private final UnaryOperator<JournalConfig> journalBounds;
  private final Consumer<String> print;
  private final Runnable quit;
  private final Capacity capacity;

  private AgentAssembly(
      AgentOptions options,
      Loaded loaded,
      World world,
      UnaryOperator<JournalConfig> journalBounds,
      Consumer<String> print,
      Runnable quit) {
    this.options = options;
    this.loaded = loaded;
    this.world = world;
    this.journalBounds = journalBounds;
    this.print = print;
    this.quit = quit;
    this.capacity = Capacity.of(Runtime.getRuntime().maxMemory(), loaded.config().storage());
  }

  /// Throws [StartException] where it cannot start; what was begun is closed again.
  static Agent start(
      AgentOptions options,
      Loaded loaded,
      World world,
      UnaryOperator<JournalConfig> journalBounds,
      Consumer<String> print,
      Runnable quit) {
    AgentAssembly assembly = new AgentAssembly(options, loaded, world, journalBounds, print, quit);
    List<AutoCloseable> begun = new ArrayList<>();
    try {
      return assembly.start(begun);
    } catch (StartException e) {
      Agent.closeAll(begun);
      throw e;
    } catch (IOException e) {
      Agent.closeAll(begun);
      throw new StartException(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private Agent start(List<AutoCloseable> begun) throws IOException {
    long startedMs = world.clock().wallMillis();
    // The address first: that it is taken should cost nothing else.
    Doorkeeper door = new Doorkeeper();
    HttpServing.Listening listening =
        world.serving().listen(HttpServing.ListenConfig.of(options.host(), options.port()), door);
    begun.add(listening);
    ReceiveConfig receive = loaded.config().receive();
    Doorkeeper otlpHttp = new Doorkeeper();
    Doorkeeper otlpGrpc = new Doorkeeper();
    List<String> listeners = new ArrayList<>();
    for (Protocol protocol :
        List.of(
            new Protocol("http", "OTLP over HTTP on ", receive.otlpHttp(), false, otlpHttp),
            new Protocol("grpc", "OTLP over gRPC on ", receive.otlpGrpc(), true, otlpGrpc))) {
      if (protocol.address().isPresent()) {
        begun.add(listen(protocol, protocol.address().get(), listeners));
      }
    }
    begun.add(lock());
    // Engine, intake and journal remember the same series: what they are called is here once.
    SeriesNames names = new SeriesNames(world.chance().nextLong());
    Recovered recovered = recover(names);
    // The first alert of a cold JVM takes tens of milliseconds longer than the second.
    WarmUp.run();

    Accounting accounting = new Accounting();
    Durability durability = new Durability(accounting, recovered.lastSeq());
    Ring ring = new Ring(RingSize.DEFAULT, recovered.lastSeq(), accounting::enginePast);
    SeriesTable table = new SeriesTable(capacity.seriesMax(), capacity.namesBytesMax(), names);
    recovered.restore(table);
    JournalNews news = new JournalNews(durability, print);
    Journal journal =
        Journal.open(
            world.disk(),
            world.clock(),
            journalFolder(),
            journalConfig(),
            ring.journal(),
            news,
            recovered.report().start(),
            names);
    recovered.tell(journal);
    Intake intake =
        new Intake(
            world.clock(), ring, table, accounting, journal::fullness, recovered.lastNowMs());

    String externalUrl = externalUrl(listening.port());
    Origin origin = new Origin(externalUrl, loaded.config().global().external());
    DeliveredQueue answers = new DeliveredQueue(intake::submit, print);
    Outbox outbox =
        new Outbox(
            world.clock(),
            world.calling(),
            world.chance(),
            journal::durableSeq,
            answers,
            OutboxLimits.DEFAULT,
            Destinations.of(loaded.config(), origin, print));
    Checkpoints checkpoints =
        new Checkpoints(
            journal.checkpoints(),
            recovered.engine(),
            recovered.lastSeq(),
            recovered.lastNowMs(),
            print);
    Takeover takeover = new Takeover();
    Expirations expirations =
        new Expirations(
            recovered.engine(), intake, world.clock(), loaded.config().storage().keepMs(), print);
    EngineWorker worker =
        new EngineWorker(
            recovered.engine(),
            ring.engine(),
            world.clock(),
            () -> intake.submit(new Input.Tick()) != 0,
            answers::flush,
            outbox,
            journal::forceThrough,
            checkpoints,
            takeover,
            expirations);
    RuleSources sources =
        new RuleSources(world.clock(), loaded.config().rules().keepLastGoodMs(), print);
    sources.remember(recovered.engine().rules().files());
    Reloads reloads =
        new Reloads(
            new ConfigSource(options, world.disk()),
            sources,
            new RuleFetcher(world.calling(), options.features()),
            loaded,
            externalUrl,
            world.clock(),
            intake::submit,
            takeover,
            print);
    Parts parts =
        new Parts(
            accounting,
            durability,
            ring,
            journal,
            intake,
            recovered.engine(),
            worker,
            checkpoints,
            outbox,
            answers,
            reloads,
            sources,
            expirations,
            Sources.host(loaded.config().host(), world, intake),
            Senders.open(
                loaded.config(),
                world,
                options.data(),
                journal,
                names,
                recovered.report().start().checkpointSeq() + 1,
                print));
    Agent agent = new Agent(parts, options, loaded, world, print, listening.port(), startedMs);
    // Alerts wait for the disk: the outbox has to learn when it has them.
    news.onDurable(agent::wakeOutbox);
    news.onCheckpointNeeded(agent::wakeEngine);
    begun.add(agent::closeParts);
    agent.start(recovered);
    Receivers receivers = new Receivers(parts, loaded.config().otlp(), capacity);
    door.open(Web.of(agent, receivers, quit));
    otlpHttp.open(receivers.otlpHttp());
    otlpGrpc.open(receivers.otlpGrpc());
    agent.owns(begun);
    agent.announce(recovered.report(), listeners);
    return agent;
  }

  /// A protocol of OTLP that may have an address of its own.
  private record Protocol(
      String name,
      String shown,
      Optional<ListenAddress> address,
      boolean isHttp2,
      HttpHandler handler) {}

  private HttpServing.Listening listen(
      Protocol protocol, ListenAddress address, List<String> listeners) {
    HttpServing.ListenConfig plain = HttpServing.ListenConfig.of(address.host(), address.port());
    HttpServing.ListenConfig config = protocol.isHttp2() ? plain.withHttp2() : plain;
    try {
      HttpServing.Listening listening = world.serving().listen(config, protocol.handler());
      listeners.add(protocol.shown() + new ListenAddress(address.host(), listening.port()));
      return listening;
    } catch (IOException e) {
      String key = "receive.otlp.protocols." + protocol.name() + ".endpoint";
      throw new StartException(key + ": " + e.getMessage() + ". Free it, or name another one.");
    }
  }

  private AutoCloseable lock() throws IOException {
    Path data = options.data();
    world.disk().createDirectories(data);
    try {
      return world.disk().lock(data.resolve("lock"));
    } catch (Disk.LockedException e) {
      throw new StartException(
          "the data directory "
              + data
              + " is in use: "
              + e.getMessage()
              + ". Stop the other agent, or choose another folder with --data.");
    }
  }

  private Recovered recover(SeriesNames names) throws IOException {
    EngineOptions engine =
        EngineOptions.of(
                new StoreLimits(
                    capacity.seriesMax(), capacity.historyBytesMax(), capacity.windowBytesMax()))
            .withQuerySamplesMax(Capacity.ruleSamplesMax(Runtime.getRuntime().maxMemory()))
            .withStopwatch(world.clock()::monotonicNanos)
            .withPieceCost(PIECE_COST);
    return Recovered.read(world.disk(), journalFolder(), journalConfig(), engine, names);
  }

  private Path journalFolder() {
    return options.data().resolve("journal");
  }

  private JournalConfig journalConfig() {
    var given = loaded.config().journal();
    JournalConfig config = JournalConfig.DEFAULT;
    // Four segments are the least a journal needs: small limits get small segments.
    int segmentBytes = (int) Math.min(config.segmentBytes(), given.bytesMax() / 8);
    return journalBounds.apply(
        new JournalConfig(
            segmentBytes,
            config.allocationBytes(),
            2 << 20,
            config.groupNanos(),
            config.groupFrames(),
            config.retryNanos(),
            given.checkpointBytes(),
            config.checkpointRatio(),
            config.checkpointNanos(),
            given.bytesMax(),
            true,
            given.syncMs() * 1_000_000,
            given.keepMs()));
  }

  private String externalUrl(int port) {
    if (!options.externalUrl().isEmpty()) {
      return options.externalUrl();
    }
    String host = options.isLoopback() ? options.host() : world.host().name();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port;
  }
}
