package dev.tocsin.bench.memory;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesKey;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.pipeline.journal.format.EntryEncoder;
import dev.tocsin.pipeline.journal.format.ReferenceTable;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.store.StoreStats;
import org.jspecify.annotations.Nullable;

/// The parts that remember series, wired as the agent wires them, on one thread: intake, ring,
/// engine with its store, and the journal's encoder, whose frames are thrown away. They can be let
/// go one by one.
final class SeriesRig {
  private static final int TRANSACTION_SAMPLES = 10_000;

  private final VirtualClock clock = new VirtualClock();
  private final ClusterSeries shape;
  private final int series;
  private @Nullable SeriesNames names;
  private @Nullable Source source;
  private @Nullable Engine engine;
  private @Nullable EntryEncoder encoder;

  private record Source(Ring ring, Intake intake) {}

  SeriesRig(ClusterSeries shape, int series, long historyBytesMax) {
    this.shape = shape;
    this.series = series;
    Accounting accounting = new Accounting();
    Ring ring = new Ring(RingSize.DEFAULT, 0, accounting::enginePast);
    SeriesNames shared = new SeriesNames(1);
    names = shared;
    SeriesTable table = new SeriesTable(series, Limits.SERIES_NAMES_BYTES_MAX, shared);
    source = new Source(ring, new Intake(clock, ring, table, accounting, () -> 0, 0));
    engine = new Engine(EngineOptions.of(new StoreLimits(series, historyBytesMax)), shared);
    encoder = new EntryEncoder(new Nowhere(), new ReferenceTable(shared), () -> 0);
  }

  /// Has rules read the series, from the next slot on.
  void load(RuleSet rules) {
    submit(new Input.Reload(rules));
    String problem = alive(engine).reloadProblem();
    if (!problem.isEmpty()) {
      throw new IllegalStateException(problem);
    }
  }

  private void submit(Input input) {
    Source now = alive(source);
    if (now.intake.submit(input) == 0) {
      throw new IllegalStateException("no place for an input");
    }
    drain(now.ring);
  }

  /// Slots, and whatever else is due by now.
  private void tick() {
    while (alive(engine).nextDeadlineMs() <= clock.wallMillis()) {
      submit(new Input.Tick());
    }
  }

  /// A sample of every series, at the next time.
  void round(int round, long stepMs) {
    clock.wallMs += stepMs;
    tick();
    for (int from = 0; from < series; from += TRANSACTION_SAMPLES) {
      transaction(round, from, Math.min(series, from + TRANSACTION_SAMPLES));
    }
  }

  private void transaction(int round, int from, int to) {
    Source now = alive(source);
    for (int i = from; round == 0 && i < to; i++) {
      byte[] key = SeriesKey.of(shape.labels(i));
      if (now.intake.ref(Tenant.DEFAULT, key, 0, key.length) != i) {
        throw new IllegalStateException("series " + i + " has another reference, or none");
      }
    }
    switch (now.intake.begin(Tenant.DEFAULT, to - from, clock.wallNanos())) {
      case Admission.Busy busy -> throw new IllegalStateException(busy.reason());
      case Admission.Admitted(Staging staging) -> {
        try (staging) {
          for (int i = from; i < to; i++) {
            // Targets are scraped at times of their own, and counters count in steps of their own.
            staging.add(i, clock.wallMillis() + i % 997, (double) (round + 7) * (i % 1009));
          }
          if (staging.commit().accepted() != to - from) {
            throw new IllegalStateException("samples are refused");
          }
        }
      }
    }
    drain(now.ring);
  }

  private void drain(Ring ring) {
    EntryReader forEngine = ring.engine();
    for (Entry entry = forEngine.poll(); entry != null; entry = forEngine.poll()) {
      alive(engine).step(entry.seq(), entry.nowMs(), entry.input());
      forEngine.done(entry);
    }
    EntryReader forJournal = ring.journal();
    EntryEncoder journal = alive(encoder);
    for (Entry entry = forJournal.poll(); entry != null; entry = forJournal.poll()) {
      journal.begin(entry);
      while (journal.isBusy()) {
        journal.step();
      }
      forJournal.done(entry);
    }
  }

  StoreStats stats() {
    return alive(engine).store().stats();
  }

  void dropJournal() {
    encoder = null;
  }

  void dropIntake() {
    source = null;
  }

  void dropEngine() {
    engine = null;
  }

  /// What the names say of themselves.
  long namesBytes() {
    return alive(names).bytes();
  }

  void dropNames() {
    names = null;
  }

  private static <T> T alive(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("let go already");
    }
    return part;
  }
}
