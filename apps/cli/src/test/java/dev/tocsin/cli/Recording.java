package dev.tocsin.cli;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.JournalListener;
import dev.tocsin.pipeline.journal.JournalStart;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records what an agent would: a real journal, and beside it an engine that says which ticks are
/// due and what was decided.
final class Recording implements AutoCloseable {
  /// When it begins, Unix milliseconds: 2026-11-25T00:00:00Z.
  static final long BEGIN_MS = 1_795_564_800_000L;

  /// Small segments, so that there are some.
  private static final JournalConfig SMALL =
      new JournalConfig(
          16_384,
          4096,
          JournalConfig.DEFAULT.stagingBytes(),
          0,
          32,
          5_000_000_000L,
          1 << 20,
          0,
          0,
          1 << 22,
          false);

  final List<AlertEvent> decided = new ArrayList<>();
  private final World world = RealWorld.open();
  private final Queue queue = new Queue();
  private final Journal journal;
  private final Engine engine = new Engine(EngineOptions.of(new StoreLimits(1000, 1 << 20)));
  private final List<Labels> known = new ArrayList<>();
  private long seq;
  private long nowMs = BEGIN_MS;

  private Recording(Path folder) throws IOException {
    journal =
        Journal.open(
            world.disk(),
            world.clock(),
            folder.resolve("journal"),
            SMALL,
            queue,
            new Silent(),
            JournalStart.EMPTY,
            new SeriesNames(1));
  }

  static Recording in(Path folder) throws IOException {
    return new Recording(folder);
  }

  /// The rules of one file from now on.
  void rules(String text) {
    RuleSet rules =
        new RuleSet(
            List.of(new RuleSet.RuleText("recorded.yml", text)), Labels.empty(), "", 10_000, 0);
    put(new Input.Reload(rules));
  }

  /// One sample, so many milliseconds after the beginning; ticks that are due come before.
  void sample(long afterMs, String room, double value) {
    long atMs = BEGIN_MS + afterMs;
    while (engine.nextDeadlineMs() <= atMs) {
      nowMs = engine.nextDeadlineMs();
      put(new Input.Tick());
    }
    nowMs = atMs;
    Labels labels = Labels.of("__name__", "room_celsius", "room", room);
    List<SeriesDefinition> definitions = List.of();
    if (!known.contains(labels)) {
      definitions = List.of(new SeriesDefinition(known.size(), Tenant.DEFAULT, labels));
      known.add(labels);
    }
    Slab slab = new Slab();
    slab.add(known.indexOf(labels), atMs, value);
    put(new Input.Transaction(Tenant.DEFAULT, atMs * 1_000_000, definitions, List.of(slab)));
  }

  /// Was down until so many milliseconds after the beginning.
  void restarted(long afterMs) {
    nowMs = BEGIN_MS + afterMs;
    put(new Input.Restarted());
  }

  void checkpoint() throws IOException {
    settle();
    journal.checkpoints().write(seq, nowMs, engine::checkpoint);
  }

  private void put(Input input) {
    decided.addAll(engine.step(++seq, nowMs, input));
    queue.entries.add(new Entry(seq, nowMs, input));
    settle();
  }

  private void settle() {
    while (journal.durableSeq() < seq) {
      journal.stage().step();
      journal.forceThrough(seq);
      journal.writer().step();
    }
  }

  @Override
  public void close() {
    journal.close();
    world.close();
  }

  private static final class Queue implements EntryReader {
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    @Override
    public @Nullable Entry poll() {
      return entries.poll();
    }

    @Override
    public void done(Entry entry) {}
  }

  private static final class Silent implements JournalListener {
    @Override
    public void durable(long throughSeq) {}

    @Override
    public void failed(long fromSeq, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void recovered(long recoveredSeq) {}
  }
}
