package dev.tocsin.agent;

import dev.tocsin.deliver.outbox.Outbox;
import dev.tocsin.deliver.outbox.OutboxLimits;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.FrozenEngine;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One life of intake, journal, engine and checkpoints, in a simulated world. A second engine is
/// given the same inputs; after every one of them its state is kept in mind, so that the next life
/// can be held against it.
final class CheckpointedLife {
  private static final Path FOLDER = Path.of("/journal");
  private static final EngineOptions OPTIONS =
      EngineOptions.of(new StoreLimits(1000, 256 << 10)).withSlots(EngineOptions.Slots.ALIGNED);
  private static final int SERIES = 60;
  private static final int MIB = 1 << 20;

  /// A checkpoint every few inputs.
  private static final JournalConfig CONFIG =
      new JournalConfig(
          64 << 10, 16 << 10, MIB, 2_000_000, 32, 5_000_000_000L, 4000, 0, 0, 8 * MIB, false);

  private static final String RULES =
      """
      groups:
        - name: g
          interval: 1s
          rules:
            - {record: twice, expr: load * 2}
            - {alert: High, expr: twice > 100}
            - {alert: Long, expr: load > 30, for: 2s}
      """;

  private final SimWorld world;
  private final Map<Long, Integer> states;
  private final Recovered recovered;
  private final Engine mirror;
  private final Intake intake;
  private final Journal journal;
  private final Checkpoints checkpoints;
  private final Scheduler.Running engineWorker;
  private final Scheduler.Running checkpointWorker;
  private final List<String> printed = new ArrayList<>();
  private final boolean isCompared;
  private long mirrorSeq;

  /// The writing thread is slow to begin; `Long.MAX_VALUE`: it has nothing to write.
  private long writeAtNanos = Long.MAX_VALUE;

  private int behind;
  private int written;

  private CheckpointedLife(SimWorld world, Map<Long, Integer> states) throws IOException {
    this.world = world;
    this.states = states;
    SeriesNames names = new SeriesNames(world.chance().nextLong());
    recovered = Recovered.read(world.world().disk(), FOLDER, CONFIG, OPTIONS, names);
    byte[] state = bytes(recovered.engine());
    mirrorSeq = recovered.lastSeq();
    Integer before = states.get(mirrorSeq);
    isCompared = before != null;
    check(before == null || before == Arrays.hashCode(state));
    mirror = Engine.restore(new DataInputStream(new ByteArrayInputStream(state)), OPTIONS);
    Accounting accounting = new Accounting();
    Ring ring = new Ring(RingSize.DEFAULT, recovered.lastSeq(), accounting::enginePast);
    SeriesTable table = new SeriesTable(1000, MIB, names);
    recovered.restore(table);
    JournalNews news =
        new JournalNews(new Durability(accounting, recovered.lastSeq()), printed::add);
    journal =
        Journal.open(
            world.world().disk(),
            world.world().clock(),
            FOLDER,
            CONFIG,
            ring.journal(),
            news,
            recovered.report().start(),
            names);
    recovered.tell(journal);
    intake =
        new Intake(
            world.world().clock(),
            ring,
            table,
            accounting,
            journal::fullness,
            recovered.lastNowMs());
    checkpoints =
        new Checkpoints(
            journal.checkpoints(),
            recovered.engine(),
            recovered.lastSeq(),
            recovered.lastNowMs(),
            printed::add);
    checkpointWorker = world.scheduler().start(watched(checkpoints));
    checkpoints.onFrozen(
        () -> {
          writeAtNanos = world.clock().monotonicNanos() + world.chance().between(0, 20_000_000);
          checkpointWorker.wake();
        });
    engineWorker = world.scheduler().start(engine(mirrored(ring.engine())));
    journal.start(world.scheduler());
    ring.wakeJournalBy(journal::wake);
    ring.wakeEngineBy(engineWorker::wake);
    if (recovered.isRestart()) {
      submit(new Input.Restarted());
    }
    submit(new Input.Reload(rules()));
  }

  static CheckpointedLife first(SimWorld world) throws IOException {
    world.world().disk().createDirectories(FOLDER);
    return new CheckpointedLife(world, new HashMap<>());
  }

  /// Starts again with what is on disk; fails where that is not the state after some input that was
  /// taken.
  CheckpointedLife next() throws IOException {
    return new CheckpointedLife(world, states);
  }

  private static RuleSet rules() {
    return new RuleSet(
        List.of(new RuleSet.RuleText("r.yml", RULES)), Labels.empty(), "http://here", 1000, 0);
  }

  private EngineWorker engine(EntryReader reader) {
    DeliveredQueue answers = new DeliveredQueue(intake::submit, printed::add);
    Outbox outbox =
        new Outbox(
            world.world().clock(),
            world.world().calling(),
            world.world().chance(),
            journal::durableSeq,
            answers,
            OutboxLimits.DEFAULT,
            List.of());
    return new EngineWorker(
        recovered.engine(),
        reader,
        world.world().clock(),
        () -> intake.submit(new Input.Tick()) != 0,
        answers::flush,
        outbox,
        journal::forceThrough,
        checkpoints,
        new Takeover(),
        new Expirations(
            recovered.engine(), intake, world.world().clock(), 6 * 3_600_000L, printed::add));
  }

  /// Gives the mirror what the engine gets.
  private EntryReader mirrored(EntryReader reader) {
    return new EntryReader() {
      @Override
      public @Nullable Entry poll() {
        Entry entry = reader.poll();
        if (entry != null) {
          mirror.step(entry.seq(), entry.nowMs(), entry.input());
          mirrorSeq = entry.seq();
          states.put(mirrorSeq, Arrays.hashCode(bytes(mirror)));
        }
        return entry;
      }

      @Override
      public void done(Entry entry) {
        reader.done(entry);
      }
    };
  }

  /// Notes what was written, and how often the engine was further by then.
  private Worker watched(Worker worker) {
    return new Worker() {
      @Override
      public String name() {
        return worker.name();
      }

      @Override
      public long deadlineNanos() {
        return writeAtNanos;
      }

      @Override
      public int step() {
        if (world.clock().monotonicNanos() < writeAtNanos) {
          return 0;
        }
        writeAtNanos = Long.MAX_VALUE;
        long before = journal.checkpoints().lastSeq();
        int done = worker.step();
        long seq = journal.checkpoints().lastSeq();
        written += seq > before ? 1 : 0;
        behind += seq > before && seq < mirrorSeq ? 1 : 0;
        return done;
      }
    };
  }

  private static void check(boolean isAsBefore) {
    if (!isAsBefore) {
      throw new AssertionError("what was found is not the state after its last input");
    }
  }

  private static byte[] bytes(Engine engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      engine.checkpoint(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private void submit(Input input) {
    if (intake.submit(input) == 0) {
      throw new AssertionError("no place for " + input);
    }
  }

  /// One request with so many samples; nothing where there is no room.
  void write(int samples) {
    long nowMs = world.clock().wallMillis();
    Admission admission = intake.begin(Tenant.DEFAULT, samples, nowMs * 1_000_000);
    if (admission instanceof Admission.Admitted(Staging staging)) {
      try (staging) {
        long first = world.chance().between(0, SERIES);
        for (int i = 0; i < samples; i++) {
          Labels labels = Labels.of(Labels.METRIC_NAME, "load", "n", "" + (first + i) % SERIES);
          double value = world.chance().between(0, 70);
          staging.add(intake.ref(Tenant.DEFAULT, labels), nowMs, value);
        }
        staging.commit();
      }
    }
  }

  /// Time passes; the engine looks again and again whether a checkpoint is wanted.
  void tickFor(long ms) {
    for (long i = 0; i < ms / 1000; i++) {
      world.scheduler().runFor(1_000_000_000L);
    }
  }

  /// As the agent does it.
  void stop() {
    engineWorker.close();
    checkpointWorker.close();
    checkpoints.writeLast();
    journal.close();
  }

  /// From now on nothing that is frozen is written.
  void stopWriting() {
    checkpointWorker.close();
  }

  boolean isFrozen() {
    try (FrozenEngine _ = recovered.engine().freeze()) {
      return false;
    } catch (IllegalStateException _) {
      return true;
    }
  }

  /// Inputs that were not in the checkpoint it started with.
  int replayed() {
    return (int) recovered.report().entries();
  }

  /// Whether what it found could be held against what was: not where the journal was ahead of the
  /// engine.
  boolean isCompared() {
    return isCompared;
  }

  /// Checkpoints that were older than the engine when they had been written.
  int behind() {
    return behind;
  }

  int written() {
    return written;
  }

  List<String> printed() {
    return printed;
  }
}
