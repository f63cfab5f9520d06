package dev.tocsin.bench.ingest;

import dev.tocsin.collect.remotewrite.RemoteWriteHandler;
import dev.tocsin.collect.remotewrite.RemoteWriteLimits;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.JournalListener;
import dev.tocsin.pipeline.journal.JournalStart;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.World;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Receiver, intake, ring, engine, store and journal as the agent wires them, all on the thread of
/// the caller, which moves requests from stage to stage. Nobody waits for the disk: the senders are
/// told that it does not write.
public final class StepsRig implements AutoCloseable {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:9640/api/v1/write");

  private final IngestPlan plan;
  private final List<IngestBody> bodies = new ArrayList<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private final PreparedRequest request = new PreparedRequest();
  private final RemoteWriteHandler handler;
  private final Engine engine;
  private final EntryReader forEngine;
  private final Journal journal;
  private final long startMs;
  private long round;

  public StepsRig(IngestPlan plan, World world, Path folder, StoreLimits limits)
      throws IOException {
    this.plan = plan;
    for (int from = 0; from < plan.series(); from += plan.samplesPerRequest()) {
      IngestBody body = new IngestBody(from, plan.samplesPerRequest(), ADDRESS);
      bodies.add(body);
      blocks.add(new byte[body.bodyBytes()]);
    }
    startMs = world.clock().wallMillis() - IngestPlan.BACK_MS;
    SeriesNames names = new SeriesNames(1);
    Accounting accounting = new Accounting();
    Durability durability = new Durability(accounting, 0);
    durability.failed(1, "nobody waits");
    Ring ring = new Ring(RingSize.DEFAULT, 0, accounting::enginePast);
    SeriesTable table = new SeriesTable(plan.series(), Limits.SERIES_NAMES_BYTES_MAX, names);
    Intake intake = new Intake(world.clock(), ring, table, accounting, () -> 0, 0);
    handler = new RemoteWriteHandler(intake, durability, Tenant.DEFAULT, RemoteWriteLimits.DEFAULT);
    engine = new Engine(EngineOptions.of(limits), names);
    forEngine = ring.engine();
    journal =
        Journal.open(
            world.disk(),
            world.clock(),
            folder,
            JournalConfig.DEFAULT.withSizes(1L << 40, 1L << 40),
            ring.journal(),
            new Unheard(),
            JournalStart.EMPTY,
            names);
  }

  private static final class Unheard implements JournalListener {
    @Override
    public void durable(long throughSeq) {}

    @Override
    public void undurable(long throughSeq) {}

    @Override
    public void failed(long fromSeq, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void recovered(long seq) {}
  }

  public int requests() {
    return bodies.size();
  }

  /// Makes the next requests, one of each series.
  public void prepare() {
    for (int i = 0; i < bodies.size(); i++) {
      byte[] whole = bodies.get(i).next(startMs + round * IngestPlan.STEP_MS, round);
      byte[] block = blocks.get(i);
      System.arraycopy(whole, whole.length - block.length, block, 0, block.length);
    }
    round++;
  }

  /// Takes one of them in, as the connection's thread does.
  public void receive(int i) {
    request.body(blocks.get(i));
    try {
      HttpReply reply = handler.handle(request);
      if (reply.status() != 503) {
        throw new IllegalStateException("answered " + reply.status());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The engine and its store are past all that came.
  public void apply() {
    for (Entry entry = forEngine.poll(); entry != null; entry = forEngine.poll()) {
      engine.step(entry.seq(), entry.nowMs(), entry.input());
      forEngine.done(entry);
    }
  }

  /// The journal's stage is past all that came.
  public void stage() {
    while (journal.stage().step() > 0) {
      // There is more.
    }
  }

  /// All that is staged is written.
  public void write() {
    while (journal.writer().step() > 0) {
      // There is more.
    }
  }

  /// Throws [IllegalStateException] where it has not all samples.
  public void check() {
    long expected = round * plan.series();
    if (engine.store().stats().samplesAppended() != expected
        || journal.stats().samples() != expected) {
      throw new IllegalStateException(
          expected + " samples were sent; " + engine.store().stats() + ", " + journal.stats());
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
