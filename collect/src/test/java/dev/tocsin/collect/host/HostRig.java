package dev.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.world.World;
import dev.tocsin.world.chance.Chance;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.host.Host;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpServing;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// A host source on a real intake and ring, with a clock and a scheduler in the test's hands.
final class HostRig {
  static final long START_MS = 1_764_000_000_000L;

  final Map<Path, Host.FileSystemUse> fileSystems = new TreeMap<>();
  final Deque<Runnable> spawned = new ArrayDeque<>();
  final Accounting accounting = new Accounting();
  final Intake intake;
  final HostSource source;

  /// What the newest collection sent, by series.
  final Map<String, Double> values = new TreeMap<>();

  final Map<String, Double> ended = new TreeMap<>();
  private final Map<Integer, Labels> series = new TreeMap<>();
  private final Durability durability = new Durability(accounting, 0);
  private final Ring ring = new Ring(new RingSize(64, 64, 8), 0, accounting::enginePast);
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private boolean stuck;

  HostRig(Disk disk, HostConfig config) {
    this(disk, config, null);
  }

  HostRig(Disk disk, HostConfig config, @org.jspecify.annotations.Nullable Host host) {
    Clock clock = new TestClock();
    Host used = host == null ? new TestHost() : host;
    HttpServing serving =
        (_, _) -> {
          throw new IOException("no network here");
        };
    HttpCalling calling = (_, _) -> {};
    Chance chance = () -> 4;
    World world = new World(clock, disk, serving, calling, new TestScheduler(), chance, used);
    SeriesTable table = new SeriesTable(100_000, 64 << 20, 42);
    intake = new Intake(clock, ring, table, accounting, () -> 0.0, START_MS);
    ring.wakeJournalBy(this::drain);
    source = new HostSource(world, intake, config);
  }

  static HostConfig config(Path proc, Path sys) {
    return new HostConfig(
        Tenant.DEFAULT, "node", "", proc, sys, 1000, 5000, HostConfig.Excluded.DEFAULT);
  }

  void pass(long ms) {
    nanos.addAndGet(ms * 1_000_000);
  }

  /// Lets a second pass and collects.
  void collect() {
    pass(1000);
    values.clear();
    ended.clear();
    assertThat(source.step()).isEqualTo(1);
    assertThat(accounting.snapshot().isBalanced()).isTrue();
  }

  /// Runs what was spawned.
  void runSpawned() {
    while (!spawned.isEmpty()) {
      spawned.removeFirst().run();
    }
  }

  void getStuck() {
    stuck = true;
  }

  void getUnstuck() {
    stuck = false;
    drain();
  }

  double value(String series) {
    assertThat(values).containsKey(series);
    return values.getOrDefault(series, Double.NaN);
  }

  private void drain() {
    if (stuck) {
      return;
    }
    for (Entry entry = ring.engine().poll(); entry != null; entry = ring.engine().poll()) {
      if (entry.input() instanceof Input.Transaction transaction) {
        transaction.definitions().forEach(d -> series.put(d.ref(), d.labels()));
        transaction.slabs().forEach(this::note);
      }
      ring.engine().done(entry);
    }
    for (Entry entry = ring.journal().poll(); entry != null; entry = ring.journal().poll()) {
      durability.durable(entry.seq());
      ring.journal().done(entry);
    }
  }

  private void note(Slab slab) {
    for (int i = 0; i < slab.count(); i++) {
      Labels labels = series.getOrDefault(slab.refs[i], Labels.empty());
      assertThat(labels.get("job")).isEqualTo("node");
      assertThat(labels.get("instance")).isEqualTo("host7");
      Labels bare = labels.toBuilder().remove("job").remove("instance").build();
      boolean marker = StaleMarker.is(slab.values[i]);
      (marker ? ended : values).put(bare.toString(), slab.values[i]);
    }
  }

  private final class TestClock implements Clock {
    @Override
    public long wallNanos() {
      return START_MS * 1_000_000 + nanos.get();
    }

    @Override
    public long monotonicNanos() {
      return nanos.get();
    }
  }

  private final class TestScheduler implements Scheduler {
    @Override
    public Running start(Worker worker) {
      throw new UnsupportedOperationException(worker.name());
    }

    @Override
    public void spawn(String name, Runnable task) {
      spawned.add(task);
    }

    @Override
    public void spawnAfter(String name, long delayNanos, Runnable task) {
      spawned.add(task);
    }
  }

  private final class TestHost implements Host {
    @Override
    public String name() {
      return "host7";
    }

    @Override
    public FileSystemUse fileSystem(Path mountPoint) throws IOException {
      FileSystemUse use = fileSystems.get(mountPoint);
      if (use == null) {
        throw new IOException(mountPoint + ": no such file system");
      }
      return use;
    }
  }
}
