package dev.tocsin.bench.pipeline;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.JournalListener;
import dev.tocsin.pipeline.journal.JournalStart;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.world.World;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The agent's own intake, ring and journal; in the engine's place somebody who only says that he
/// is past.
final class RingSide implements Side {
  private static final int SERIES = 1024;
  private static final long PAUSE_NANOS = 50_000;

  private final World world;
  private final Course course;
  private final Intake intake;
  private final Journal journal;
  private final Scheduler.Running reader;
  private final int[][] refs = new int[Course.PRODUCERS][SERIES];
  private final long startMs;

  RingSide(World world, Path folder, Course course) throws IOException {
    this.world = world;
    this.course = course;
    startMs = world.clock().wallMillis() - 12 * 3_600_000L;
    SeriesNames names = new SeriesNames(1);
    Accounting accounting = new Accounting();
    Ring ring = new Ring(RingSize.DEFAULT, 0, accounting::enginePast);
    SeriesTable table =
        new SeriesTable(Course.PRODUCERS * SERIES, Limits.SERIES_NAMES_BYTES_MAX, names);
    intake = new Intake(world.clock(), ring, table, accounting, () -> 0, 0);
    journal =
        Journal.open(
            new WatchedDisk(world.disk(), course),
            world.clock(),
            folder,
            JournalConfig.DEFAULT.withSizes(1L << 40, 1L << 40),
            ring.journal(),
            new Listener(course),
            JournalStart.EMPTY,
            names);
    for (int producer = 0; producer < Course.PRODUCERS; producer++) {
      for (int i = 0; i < SERIES; i++) {
        Labels labels = Labels.of("__name__", "event", "producer", producer + "", "n", i + "");
        refs[producer][i] = intake.ref(Tenant.DEFAULT, labels);
      }
    }
    journal.start(world.scheduler());
    reader = world.scheduler().start(new Past(ring.engine()));
    ring.wakeJournalBy(journal::wake);
    ring.wakeEngineBy(reader::wake);
  }

  /// In the engine's place.
  private record Past(EntryReader entries) implements Worker {
    @Override
    public String name() {
      return "engine";
    }

    @Override
    public int step() {
      int handled = 0;
      for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
        entries.done(entry);
        handled++;
      }
      return handled;
    }
  }

  private static final class Listener implements JournalListener {
    private final Course course;
    private long through;

    Listener(Course course) {
      this.course = course;
    }

    @Override
    public void durable(long throughSeq) {
      long now = System.nanoTime();
      while (through < throughSeq) {
        course.durable(++through, now);
      }
    }

    @Override
    public void failed(long fromSeq, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void recovered(long seq) {}
  }

  @Override
  public void hand(int producer, long turn, long dueNanos) {
    while (true) {
      switch (intake.begin(Tenant.DEFAULT, Course.BATCH, world.clock().wallNanos())) {
        case Admission.Busy _ -> LockSupport.parkNanos(PAUSE_NANOS);
        case Admission.Admitted(Staging staging) -> {
          long seq = fill(staging, producer, turn);
          if (dueNanos != 0) {
            course.due(seq, dueNanos);
          }
          return;
        }
      }
    }
  }

  private long fill(Staging staging, int producer, long turn) {
    int first = (int) (turn * Course.BATCH % SERIES);
    try (staging) {
      for (int i = 0; i < Course.BATCH; i++) {
        staging.add(refs[producer][first + i], startMs + turn, (double) (turn + i));
      }
      return staging.commit().seq();
    }
  }

  @Override
  public long written() {
    return journal.stats().samples();
  }

  @Override
  public void close() {
    reader.close();
    journal.close();
  }
}
