package dev.tocsin.agent;

import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.deliver.destination.DestinationHealth;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.engine.Owed;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.recovery.RecoveryReport;
import dev.tocsin.world.World;
import dev.tocsin.world.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running agent.
final class Agent {
  /// How long a stop waits for what is under way, in milliseconds. Two seconds are promised.
  private static final long DRAIN_MS = 1000;

  /// How often it is looked whether sources are to be asked again at all, in milliseconds.
  private static final long REFRESH_LOOK_MS = 60_000;

  private final Parts parts;
  private final AgentOptions options;
  private final Loaded loaded;
  private final World world;
  private final Consumer<String> print;
  private final int port;
  private final long startedMs;
  private final List<Scheduler.Running> workers = new ArrayList<>();
  private volatile Runnable outboxWake = () -> {};
  private volatile Runnable engineWake = () -> {};
  private volatile boolean isStopping;
  private List<AutoCloseable> owned = List.of();
  private Scheduler.@Nullable Running hostWorker;

  Agent(
      Parts parts,
      AgentOptions options,
      Loaded loaded,
      World world,
      Consumer<String> print,
      int port,
      long startedMs) {
    this.parts = parts;
    this.options = options;
    this.loaded = loaded;
    this.world = world;
    this.print = print;
    this.port = port;
    this.startedMs = startedMs;
  }

  /// Starts the threads, then gives the engine its first inputs.
  void start(Recovered recovered) {
    for (Owed owed : parts.engine().owed()) {
      parts.outbox().restore(owed.event(), owed.answeredAtMsByReceiver());
    }
    parts.journal().start(world.scheduler());
    parts.ring().wakeJournalBy(parts.journal()::wake);
    Scheduler.Running outbox = run(parts.outbox());
    outboxWake = outbox::wake;
    parts.outbox().onWork(outbox::wake);
    // Before the engine, so that it is closed after it.
    Scheduler.Running checkpoints = run(parts.checkpoints());
    parts.checkpoints().onFrozen(checkpoints::wake);
    Scheduler.Running engine = run(parts.engineWorker());
    engineWake = engine::wake;
    parts.ring().wakeEngineBy(engine::wake);
    parts.ring().wakeReaders();
    outbox.wake();
    if (recovered.isRestart()) {
      parts.intake().submit(new Input.Restarted());
    }
    parts.intake().submit(new Input.Reload(parts.reloads().running()));
    refreshLater();
    parts.host().ifPresent(source -> hostWorker = run(source));
    for (Sender sender : parts.senders()) {
      Scheduler.Running running = run(sender);
      sender.onAnswer(running::wake);
    }
  }

  /// Asks the rule sources again and again, as often as the configuration that runs says. Where it
  /// says never, a reload may say otherwise: looked at once in a while.
  private void refreshLater() {
    long askMs = parts.reloads().refreshMs();
    long waitMs = askMs == 0 ? REFRESH_LOOK_MS : askMs;
    world
        .scheduler()
        .spawnAfter(
            "rule sources",
            waitMs * 1_000_000,
            () -> {
              if (isStopping) {
                return;
              }
              if (askMs != 0) {
                parts.reloads().refresh();
              }
              refreshLater();
            });
  }

  private Scheduler.Running run(dev.tocsin.world.schedule.Worker worker) {
    Scheduler.Running running = world.scheduler().start(worker);
    workers.add(running);
    return running;
  }

  void wakeOutbox() {
    outboxWake.run();
  }

  void wakeEngine() {
    engineWake.run();
  }

  /// From now on these are closed with the agent, the last first.
  void owns(List<AutoCloseable> begun) {
    owned = begun;
  }

  /// What people see first.
  ///
  /// @param listeners what is listened to beside the page's address
  void announce(RecoveryReport report, List<String> listeners) {
    String shown = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    print.accept("Tocsin is watching. Its page: http://" + shown + ":" + port + "/");
    report.notes().forEach(print);
    if (report.start().lastSeq() > 0) {
      print.accept(
          "  restored: %d inputs replayed after checkpoint %d; %d alerts known"
              .formatted(
                  report.entries(), report.start().checkpointSeq(), parts.engine().owed().size()));
    }
    if (parts.host().isPresent()) {
      print.accept("  source: this machine, every " + loaded.config().host().intervalMs() + " ms");
    }
    print.accept("  source: OTLP metrics on /v1/metrics");
    listeners.forEach(listener -> print.accept("  source: " + listener));
    print.accept("  source: remote write on /api/v1/write");
    print.accept("  source: Prometheus text and OpenMetrics on /api/v1/import/prometheus");
    int rules = loaded.rules().size();
    print.accept("  rules: " + rules + (rules == 1 ? " file" : " files"));
    for (DestinationHealth destination : parts.outbox().health()) {
      print.accept("  tells: " + destination.name());
    }
    for (Sender sender : parts.senders()) {
      print.accept("  sends samples to: " + sender.config());
    }
    print.accept("  data: " + options.data());
  }

  Parts parts() {
    return parts;
  }

  Reloads reloads() {
    return parts.reloads();
  }

  AgentOptions options() {
    return options;
  }

  Loaded loaded() {
    return loaded;
  }

  World world() {
    return world;
  }

  int port() {
    return port;
  }

  long startedMs() {
    return startedMs;
  }

  /// Why a thread of the agent ended, or the empty string: what only a restart cures.
  String deadWorker() {
    for (Scheduler.Running worker : workers) {
      if (!worker.failure().isEmpty()) {
        return worker.failure();
      }
    }
    return "";
  }

  /// Takes no more, lets what is under way end, and says what is left.
  void stop() {
    isStopping = true;
    if (hostWorker != null) {
      hostWorker.close();
    }
    long deadlineMs = world.clock().wallMillis() + DRAIN_MS;
    boolean drained =
        waitUntil(() -> parts.outbox().stats().waiting() == 0 && isApplied(), deadlineMs);
    int waiting = parts.outbox().stats().waiting();
    closeAll(owned).forEach(wrong -> print.accept("While stopping: " + wrong));
    if (drained) {
      print.accept("Stopped. Nothing was left behind.");
    } else {
      print.accept(
          "Stopped. Left for the next start: "
              + waiting
              + " notification(s)"
              + (isApplied() ? "." : ", and inputs the journal has not taken."));
    }
  }

  private boolean isApplied() {
    long last = parts.intake().lastSeq();
    parts.journal().forceThrough(last); // with a sync interval nobody else asks for it
    return parts.journal().durableSeq() >= last;
  }

  private boolean waitUntil(BooleanSupplier done, long deadlineMs) {
    while (!done.getAsBoolean()) {
      if (world.clock().wallMillis() >= deadlineMs) {
        return false;
      }
      CountDownLatch pause = new CountDownLatch(1);
      world.scheduler().spawnAfter("pause", 10_000_000, pause::countDown);
      try {
        pause.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /// Ends the threads; a last checkpoint makes the next start short.
  void closeParts() {
    workers.reversed().forEach(Scheduler.Running::close);
    // In the midst of slots the journal is enough: its replay goes on with them.
    if (!workers.isEmpty() && deadWorker().isEmpty() && !parts.engine().isInSlot()) {
      parts.checkpoints().writeLast();
    }
    parts.journal().close();
  }

  /// The last first; what one throws does not keep the others open. Returns what went wrong.
  static List<String> closeAll(List<AutoCloseable> begun) {
    List<String> wrong = new ArrayList<>();
    for (AutoCloseable one : begun.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        wrong.add(e.toString());
      }
    }
    return wrong;
  }
}
