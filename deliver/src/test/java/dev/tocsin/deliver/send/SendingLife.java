package dev.tocsin.deliver.send;

import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.remotewrite.RemoteWriteV1;
import dev.tocsin.deliver.send.Received.Sample;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.JournalListener;
import dev.tocsin.pipeline.journal.JournalStart;
import dev.tocsin.pipeline.journal.cursor.Holds;
import dev.tocsin.pipeline.journal.cursor.PositionFile;
import dev.tocsin.pipeline.journal.recovery.Recovery;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.world.schedule.Scheduler;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A journal and a sender in a simulated world, through crashes.
final class SendingLife {
  static final long SECOND = 1_000_000_000L;
  static final String PLACE = "receiver:9090";
  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final int MIB = 1 << 20;

  /// Small segments, so that there are many.
  private static final JournalConfig JOURNAL =
      new JournalConfig(
          MIB / 4, 65_536, 2 * MIB, 2_000_000, 512, 5 * SECOND, MIB, 0, 0, 2L * MIB, false);

  /// The ring's side of the journal.
  private static final class Queued implements EntryReader {
    final ArrayDeque<Entry> queue = new ArrayDeque<>();

    @Override
    public @Nullable Entry poll() {
      return queue.poll();
    }

    @Override
    public void done(Entry entry) {}
  }

  private static final class Nobody implements JournalListener {
    @Override
    public void durable(long throughSeq) {}

    @Override
    public void failed(long fromSeq, String reason) {}

    @Override
    public void recovered(long seq) {}
  }

  final SimWorld world;
  final Received receiver = new Received();
  final List<String> log = new ArrayList<>();

  /// Samples in the order in which they were put, with the number of their entry.
  final List<Sample> put = new ArrayList<>();

  final List<Long> seqs = new ArrayList<>();
  private final Map<String, Integer> refs = new HashMap<>();
  private final SendConfig config;
  private final Holds.Limits limits;
  private Queued ring = new Queued();
  private @Nullable Journal journal;
  private @Nullable Sender sender;
  private Scheduler.@Nullable Running running;
  private long seq;

  SendingLife(SimWorld world, SendConfig config, Holds.Limits limits) {
    this.world = world;
    this.config = config;
    this.limits = limits;
    world.net().peer(PLACE, receiver);
  }

  static SendConfig config(QueueConfig queue) {
    return new SendConfig(
        "one",
        SecretUrl.of("http://" + PLACE + "/api/v1/write"),
        30_000,
        Map.of(),
        Labels.empty(),
        List.of(),
        queue,
        false,
        false);
  }

  /// 1,000 samples in a request, one shard, little waiting.
  static QueueConfig queue() {
    return new QueueConfig(2_000, 1, 1, 1_000, 1_000, 30, 5_000, true, 0);
  }

  static SendingLife of(SimWorld world, SendConfig config) {
    return new SendingLife(world, config, new Holds.Limits(1L << 40, 0));
  }

  /// Starts it with what is on the disk.
  void start() throws IOException {
    world.world().disk().createDirectories(DIRECTORY);
    world.world().disk().createDirectories(Path.of("/data/send"));
    SeriesNames names = new SeriesNames(1);
    Recovery recovery = Recovery.open(world.world().disk(), DIRECTORY, JOURNAL);
    try (DataInputStream checkpoint = recovery.openCheckpoint()) {
      if (checkpoint != null && checkpoint.readInt() != 7) {
        throw new IllegalStateException("another checkpoint");
      }
    }
    JournalStart begin = recovery.replay((s, now, input) -> {}).start();
    seq = begin.lastSeq();
    for (int last = put.size() - 1; last >= 0 && seqs.get(last) > seq; last--) {
      put.remove(last); // nobody was told that it is durable
      seqs.remove(last);
    }
    ring = new Queued();
    Journal opened =
        Journal.open(
            world.world().disk(),
            world.world().clock(),
            DIRECTORY,
            JOURNAL,
            ring,
            new Nobody(),
            begin,
            names);
    refs.forEach((name, ref) -> opened.know(new SeriesDefinition(ref, Tenant.DEFAULT, of(name))));
    journal = opened;
    Holds holds =
        new Holds(
            opened.segments(), world.world().disk(), DIRECTORY, limits, begin.checkpointSeq() + 1);
    Sender begun =
        Sender.open(
            config,
            new RemoteWriteV1(),
            world.world(),
            names,
            opened::durableSeq,
            holds,
            new PositionFile(world.world().disk(), Path.of("/data/send/one.position")),
            log::add);
    sender = begun;
    opened.start(world.scheduler());
    Scheduler.Running worker = world.scheduler().start(begun);
    begun.onAnswer(worker::wake);
    running = worker;
  }

  private static Labels of(String series) {
    return Labels.of("__name__", "counted", "series", series);
  }

  static String shown(String series) {
    return "__name__=counted series=" + series;
  }

  /// One request's samples: the next number of each series.
  void put(String... series) {
    List<SeriesDefinition> definitions = new ArrayList<>();
    List<Slab> slabs = new ArrayList<>();
    seq++;
    long nowMs = world.clock().wallMillis();
    for (String name : series) {
      Integer ref = refs.get(name);
      if (ref == null) {
        ref = refs.size();
        refs.put(name, ref);
        definitions.add(new SeriesDefinition(ref, Tenant.DEFAULT, of(name)));
      }
      if (slabs.isEmpty() || slabs.getLast().isFull()) {
        slabs.add(new Slab());
      }
      double value = put.size();
      slabs.getLast().add(ref, nowMs, value);
      put.add(new Sample(shown(name), nowMs, Double.doubleToRawLongBits(value)));
      seqs.add(seq);
    }
    ring.queue.add(
        new Entry(
            seq,
            nowMs,
            new Input.Transaction(Tenant.DEFAULT, nowMs * 1_000_000, false, definitions, slabs)));
    journal().wake();
  }

  Journal journal() {
    Journal now = journal;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now;
  }

  Sender sender() {
    Sender now = sender;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now;
  }

  /// Puts samples of these series every so often, for so long.
  void putFor(long nanos, long everyNanos, String... series) {
    for (long at = 0; at < nanos; at += everyNanos) {
      put(series);
      world.scheduler().runFor(everyNanos);
    }
  }

  /// As a deployment stops it.
  void stop() {
    if (running != null) {
      running.close();
    }
    journal().close();
  }

  /// A checkpoint: what is before the one before it recovery does not need any more.
  void checkpoint() throws IOException {
    long last = journal().durableSeq();
    journal().checkpoints().write(last, world.clock().wallMillis(), out -> out.writeInt(7));
  }

  /// The samples put that no crash may take.
  List<Sample> durable() {
    List<Sample> all = new ArrayList<>();
    for (int i = 0; i < put.size(); i++) {
      if (seqs.get(i) <= journal().durableSeq()) {
        all.add(put.get(i));
      }
    }
    return all;
  }
}
